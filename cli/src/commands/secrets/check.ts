import { createModel, environmentOf, readInputs, renderTree } from '@fineract-gitops/platform';
import {
  checkSealed,
  endsSoon,
  plainSecretsInRepository,
  readPublished,
  readSealedFiles,
  type SecretProblem,
  secretNeeds,
} from '@fineract-gitops/platform/secrets';
import type { CommandModule } from '../../command.ts';
import { ExitCode } from '../../exit-codes.ts';
import { projectRoot } from '../../local/layout.ts';
import { deployFolder, orRefuse } from '../../platform/refusals.ts';

interface CheckOptions {
  env?: readonly string[];
  plainOnly: boolean;
  deploy: string;
}

interface Report {
  environment: string;
  needed: number;
  problems: readonly SecretProblem[];
  warnings: readonly string[];
}

export const command: CommandModule<CheckOptions> = {
  description:
    'Checks that nothing secret stands in Git in plain text, and that every key which a workload reads is sealed for ' +
    'the certificate that its environment published. Says the command that seals what is missing.',
  options: [
    { flags: '--env <names...>', text: 'only these environments' },
    { flags: '--plain-only', text: 'only look for plain text, as before a commit', value: false },
    { flags: '--deploy <directory>', text: 'the tree', value: deployFolder },
  ],
  run: ({ options }) => orRefuse(() => check(options)),
};

function check(options: CheckOptions) {
  const plain = plainSecretsInRepository(projectRoot);
  const reports = options.plainOnly ? [] : reportsOf(options);
  const ok = plain.length === 0 && reports.every(({ problems }) => problems.length === 0);
  return {
    data: { ok, plain, environments: reports },
    text: [...plainText(plain), ...reports.flatMap(reportText)].join('\n'),
    exitCode: ok ? ExitCode.ok : ExitCode.failed,
  };
}

function reportsOf({ env, deploy }: CheckOptions): Report[] {
  const model = createModel();
  const tree = renderTree(model, readInputs(deploy));
  const now = new Date();
  const chosen = env ? env.map((name) => environmentOf(model, name)) : model.environments;
  return chosen.map((environment) => {
    const needs = secretNeeds(model, tree, environment);
    const certificates = readPublished(deploy, environment.name, now);
    const [newest] = certificates;
    const soon =
      newest && endsSoon(newest, now) ? [`certificate.pem ends on ${newest.validTo.toISOString()}`] : [];
    return {
      environment: environment.name,
      needed: needs.length,
      problems: checkSealed(environment.name, needs, readSealedFiles(deploy, environment.name), certificates),
      warnings: newest
        ? soon
        : ['no certificate.pem: fetch it with `kubeseal --fetch-cert` once the cluster runs'],
    };
  });
}

const plainText = (plain: readonly string[]): readonly string[] =>
  plain.length === 0 ? ['Git holds no plain secrets.'] : plain;

function reportText({ environment, needed, problems, warnings }: Report): readonly string[] {
  const verdict =
    problems.length === 0
      ? `all ${needed} secrets are sealed.`
      : `${problems.length} problems (${needed} needed).`;
  return [
    `\n${environment}: ${verdict}`,
    ...warnings.map((warning) => `  warning: ${warning}`),
    ...problems.flatMap(({ sentence, command }) => [`  ${sentence}`, ...(command ? [`    ${command}`] : [])]),
  ];
}
