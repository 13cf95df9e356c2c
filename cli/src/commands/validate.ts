import { createModel, readInputs, renderTree } from '@fineract-gitops/platform';
import {
  type Finding,
  findKubectl,
  policies,
  type Report,
  validateTree,
} from '@fineract-gitops/platform/validate';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { deployFolder, orRefuse } from '../platform/refusals.ts';

interface ValidateOptions {
  schemas?: string;
  kubectl: boolean;
  deploy: string;
}

export const command: CommandModule<ValidateOptions> = {
  description:
    'Renders the tree of all environments and checks it before a cluster sees it: schemas, references between objects, ' +
    "policies, Argo CD's wiring, and that Kustomize builds the same. Findings that are meant to be stand with their " +
    'reasons in platform/validate/exceptions.yaml. Ends with 1 when something is to be mended.',
  options: [
    {
      flags: '--schemas <directory>',
      text: 'JSON Schemas of custom resources, as <group>/<kind>_<version>.json',
    },
    { flags: '--no-kubectl', text: "do without Kustomize's own build" },
    { flags: '--deploy <directory>', text: 'the tree', value: deployFolder },
  ],
  run: ({ options }) => orRefuse(() => validate(options)),
};

async function validate({ schemas, kubectl, deploy }: ValidateOptions) {
  const model = createModel();
  const tree = renderTree(model, readInputs(deploy));
  const program = kubectl ? await findKubectl() : undefined;
  const report = await validateTree(model, tree, {
    ...(schemas ? { schemas } : {}),
    ...(program ? { kubectl: program } : {}),
  });
  const ok = report.findings.length === 0;
  return {
    data: { ok, environments: model.environments.length, policies: policies.length, ...report },
    text: textOf(report, model.environments.length),
    exitCode: ok ? ExitCode.ok : ExitCode.failed,
  };
}

function textOf({ findings, objects, withoutSchema }: Report, environments: number): string {
  const unknown =
    withoutSchema.length > 0 ? [`Without a schema (see --schemas): ${withoutSchema.join(', ')}.`] : [];
  const verdict =
    findings.length === 0
      ? `${objects} objects of ${environments} environments are in order, by ${policies.length} policies.`
      : `${findings.length} findings.`;
  return [...grouped(findings), ...unknown, verdict].join('\n');
}

/** The same sentence of several environments is said once. */
function grouped(findings: readonly Finding[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const { rule, environment, sentence } of findings) {
    const line = `${rule}: ${sentence}`;
    places.set(line, [...(places.get(line) ?? []), ...(environment ? [environment] : [])]);
  }
  return [...places].map(([line, names]) => (names.length > 0 ? `${line} (${names.join(', ')})` : line));
}
