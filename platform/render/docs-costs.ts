/** `docs/platform/costs.md`: what environments and profiles cost a month. */

import { type Estimate, estimate, estimateProfile } from '../cost/index.ts';
import type { Model } from '../model/model.ts';
import { type Row, table } from './markdown.ts';

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;
const totalRow = ({ name, totalUsd, sourceRange }: Estimate): Row => [
  name,
  dollars(totalUsd),
  sourceRange ? `$${sourceRange[0]}–${sourceRange[1]}` : '',
];

function details({ name, items, totalUsd, assumptions }: Estimate): string {
  const rows = items
    .filter(({ usd }) => usd > 0)
    .map(({ item, quantity, usd }): Row => [item, quantity, dollars(usd)]);
  return [
    `### ${name}`,
    table(['item', 'how much', 'a month'], [...rows, ['**total**', '', `**${dollars(totalUsd)}**`]]),
    `Assumed: ${assumptions.join('; ')}.`,
  ].join('\n\n');
}

export function costsPage(model: Model): string {
  const environments = model.environments.flatMap((environment) => [
    estimate(model, environment),
    ...(environment.name === 'dev-aws' ? [estimate(model, environment, { k3s: true })] : []),
  ]);
  const profiles = (['minimal', 'standard', 'full'] as const).flatMap((profile) => [
    estimateProfile(model, profile, 'self-hosted'),
    estimateProfile(model, profile, 'managed'),
  ]);
  const head = ['', 'a month', "the source's range"];
  return [
    '# Costs',
    'Estimates in US dollars from the model and the price lists in `platform/cost/prices.ts`; [decision 0141](../decisions/0141-what-an-estimate-counts.md) says what they count. `fineract-gitops cost` prints them, `fineract-gitops size` for other loads.',
    '## Environments',
    table(head, environments.map(totalRow)),
    '## Profiles',
    'Managed means AWS with EKS. A profile is priced as if it never slept; the full one on own servers has a server to lose.',
    table(head, profiles.map(totalRow)),
    '## Item by item',
    ...environments.map(details),
  ].join('\n\n');
}
