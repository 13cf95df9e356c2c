import { createModel, environmentOf, type Model } from '@fineract-gitops/platform';
import { type Estimate, estimate, estimateProfile, type Range } from '@fineract-gitops/platform/cost';
import Table from 'cli-table3';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { orRefuse } from '../platform/refusals.ts';

interface CostOptions {
  readonly all: boolean;
  readonly profile?: 'minimal' | 'standard' | 'full';
  readonly k3s: boolean;
}

export const command: CommandModule<CostOptions> = {
  description:
    'Estimates the monthly cost in US dollars, item by item, from the model and the price lists in platform/cost/prices.ts.',
  arguments: [['[environment]', 'for which environment']],
  options: [
    { flags: '--all', text: 'every environment and every profile, totals only', value: false },
    {
      flags: '--profile <name>',
      text: 'a profile instead of an environment, on own servers and managed',
      choices: ['minimal', 'standard', 'full'],
    },
    { flags: '--k3s', text: 'on AWS: K3s on EC2 instead of EKS', value: false },
  ],
  run: ({ args: [name], options }) => orRefuse(() => costOf(createModel(), name, options)),
};

async function costOf(model: Model, name: string | undefined, { all, profile, k3s }: CostOptions) {
  const asked = [name, all || undefined, profile].filter((each) => each !== undefined);
  if (asked.length !== 1) {
    throw new CliError('Say which: an environment, --profile <name>, or --all.', ExitCode.usage);
  }
  if (all) {
    const estimates = everything(model);
    return { data: { estimates }, text: totals(estimates) };
  }
  const estimates = profile
    ? [estimateProfile(model, profile, 'self-hosted'), estimateProfile(model, profile, 'managed')]
    : [oneEnvironment(model, name ?? '', k3s)];
  return { data: { estimates }, text: estimates.map(itemised).join('\n\n') };
}

function oneEnvironment(model: Model, name: string, k3s: boolean): Estimate {
  const environment = environmentOf(model, name);
  if (k3s && environment.provider !== 'aws') {
    throw new CliError(`--k3s is about AWS; ${name} is on ${environment.provider}.`, ExitCode.usage);
  }
  return estimate(model, environment, { k3s });
}

const everything = (model: Model): readonly Estimate[] => [
  ...model.environments.flatMap((environment) => [
    estimate(model, environment),
    ...(environment.name === 'dev-aws' ? [estimate(model, environment, { k3s: true })] : []),
  ]),
  ...(['minimal', 'standard', 'full'] as const).flatMap((profile) => [
    estimateProfile(model, profile, 'self-hosted'),
    estimateProfile(model, profile, 'managed'),
  ]),
];

const style = { head: [], border: [] };
const dollars = (usd: number): string => `$${usd.toFixed(2)}`;
const expected = (range: Range | undefined): string => (range ? `$${range[0]}–${range[1]}` : '');

function totals(estimates: readonly Estimate[]): string {
  const table = new Table({
    head: ['', 'a month', 'expected'],
    style,
    colAligns: ['left', 'right', 'right'],
  });
  for (const { name, totalUsd, sourceRange } of estimates)
    table.push([name, dollars(totalUsd), expected(sourceRange)]);
  return table.toString();
}

function itemised({ name, items, totalUsd, sourceRange, assumptions }: Estimate): string {
  const table = new Table({
    head: [name, 'how much', 'a month'],
    style,
    colAligns: ['left', 'left', 'right'],
  });
  for (const { item, quantity, usd } of items) table.push([item, quantity, dollars(usd)]);
  table.push(['total', expected(sourceRange) && `expected ${expected(sourceRange)}`, dollars(totalUsd)]);
  return [table.toString(), ...assumptions.map((each) => `Assumed: ${each}.`)].join('\n');
}
