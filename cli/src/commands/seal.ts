import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createModel, environmentOf, readInputs, renderTree } from '@fineract-gitops/platform';
import {
  type Certificate,
  mergeSealed,
  readCertificates,
  readPublished,
  readSealed,
  type Scope,
  type SecretNeed,
  scopes,
  seal,
  sealedPath,
  secretNeeds,
  writeSealed,
} from '@fineract-gitops/platform/secrets';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { projectRoot } from '../local/layout.ts';
import { deployFolder, orRefuse } from '../platform/refusals.ts';
import { readValues, type ValueOptions } from '../platform/secret-values.ts';

interface SealOptions extends ValueOptions {
  scope: Scope;
  certificate?: string;
  namespace?: string;
  deploy: string;
  replace: boolean;
}

export const command: CommandModule<SealOptions> = {
  description:
    'Seals values with the certificate that the environment published (deploy/secrets/<environment>/certificate.pem) ' +
    'and writes deploy/secrets/<environment>/<secret>.yaml, which may stand in Git. Keys that are sealed there stay.',
  arguments: [
    ['<environment>', 'for which environment'],
    ['<secret>', 'name of the secret, as `secrets template` lists them'],
  ],
  options: [
    { flags: '--generate <key...>', text: 'a random value of 256 bits that nobody sees' },
    { flags: '--from-file <key=file...>', text: "a file's content; `-` is standard input" },
    { flags: '--from-env <key=variable...>', text: 'an environment variable' },
    { flags: '--value <key=text...>', text: 'the text itself; for what is not secret, such as user names' },
    {
      flags: '--scope <scope>',
      text: 'where it may be opened: under its own name, in its namespace, in the cluster',
      value: 'strict',
      choices: scopes,
    },
    { flags: '--certificate <file>', text: "the controller's certificate, instead of the published one" },
    { flags: '--namespace <name>', text: 'for a secret that is read in several namespaces' },
    { flags: '--replace', text: 'drop the keys that are sealed in the file', value: false },
    { flags: '--deploy <directory>', text: 'the tree', value: deployFolder },
  ],
  run: ({ args: [environment = '', name = ''], options }) =>
    orRefuse(() => sealOne(environment, name, options)),
};

function sealOne(environmentName: string, name: string, options: SealOptions) {
  const model = createModel();
  const environment = environmentOf(model, environmentName);
  const needs = secretNeeds(model, renderTree(model, readInputs(options.deploy)), environment);
  const need = chooseNeed(needs, name, options.namespace);
  const data = readValues(options);
  assertKeys(need, Object.keys(data));
  const certificate = certificateOf(environmentName, options);
  const path = sealedPath(options.deploy, environmentName, need.namespace, name);
  const basicAuth = need.keys.join() === 'password,username';
  const type = basicAuth ? { type: 'kubernetes.io/basic-auth' } : {};
  const sealed = seal(certificate, { name, namespace: need.namespace, data, ...type }, options.scope);
  const present = options.replace ? undefined : readSealed(path);
  const merged = present ? mergeSealed(present, sealed) : sealed;
  writeSealed(path, merged);
  const missing = need.keys.filter((key) => !Object.hasOwn(merged.spec.encryptedData, key));
  const file = relative(projectRoot, path);
  return {
    data: { file, namespace: need.namespace, name, sealed: Object.keys(data), missing },
    text: [`Sealed ${Object.keys(data).join(', ')} in ${file}.`, ...stillMissing(missing)].join('\n'),
  };
}

const stillMissing = (keys: readonly string[]): readonly string[] =>
  keys.length > 0 ? [`Still missing: ${keys.join(', ')}.`] : [];

function chooseNeed(needs: readonly SecretNeed[], name: string, namespace?: string): SecretNeed {
  const named = needs.filter((need) => need.name === name);
  const [first, second] = named.filter((need) => namespace === undefined || need.namespace === namespace);
  if (!first) {
    const known = [...new Set(needs.map((need) => need.name))].join(', ');
    throw new CliError(`Nothing reads a secret "${name}" there; choose one of ${known}.`);
  }
  if (second) throw new CliError(`"${name}" is read in several namespaces; say which with --namespace.`);
  return first;
}

function assertKeys({ name, keys }: SecretNeed, given: readonly string[]): void {
  const unknown = given.find((key) => !keys.includes(key));
  if (unknown) throw new CliError(`Nothing reads "${unknown}" of ${name}; its keys are ${keys.join(', ')}.`);
  if (given.length > 0) return;
  throw new CliError(
    `No value was given; its keys are ${keys.join(', ')} (see --generate, --from-file, --from-env, --value).`,
    ExitCode.usage,
  );
}

function certificateOf(environment: string, { certificate, deploy }: SealOptions): Certificate {
  const now = new Date();
  if (certificate !== undefined) return readCertificates(readPem(certificate), certificate, now)[0];
  const [published] = readPublished(deploy, environment, now);
  if (published) return published;
  throw new CliError(
    `deploy/secrets/${environment}/certificate.pem is not there; fetch it with \`kubeseal --fetch-cert ` +
      '--controller-namespace sealed-secrets` from the cluster, or give --certificate.',
    ExitCode.missing,
  );
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CliError(`${path} could not be read; give the controller's certificate.`, undefined, { cause });
  }
}
