/** Which secrets the workloads of an environment read, found in the built objects themselves, not in a list beside them. */

import { buildFolder } from '../kustomize/build.ts';
import type { Environment } from '../model/environments.ts';
import type { Model } from '../model/model.ts';
import { type NeededSecret, secretsIn } from '../model/secrets-in.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { namespaceOf, titleOf } from '../validate/objects.ts';
import { producedSecrets, referencesOf } from '../validate/references.ts';

/** A secret that somebody has to seal, with every key that is read. */
export interface SecretNeed {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly why: string;
  /** The objects that read it. */
  readonly readers: readonly string[];
}

/** What has to be sealed for one environment: what the model lists, and whatever else the built objects read. */
export function secretNeeds(model: Model, tree: Tree, environment: Environment): readonly SecretNeed[] {
  const objects = buildFolder(tree, `environments/${environment.name}`);
  return needsOf(secretsIn(model, environment), objects, model);
}

interface Need {
  readonly namespace: string;
  readonly name: string;
  readonly keys: Set<string>;
  readonly readers: Set<string>;
}

/** `listed` and what the objects read beyond it, less what a controller makes. */
export function needsOf(
  listed: readonly NeededSecret[],
  objects: readonly KubeObject[],
  model: Model,
): readonly SecretNeed[] {
  const produced = new Set(
    objects.flatMap((object) => producedSecrets(object).map((name) => `${namespaceOf(object)}/${name}`)),
  );
  const accounts = new Set(objects.filter(({ kind }) => kind === 'ClusterIssuer').flatMap(producedSecrets));
  const needs = new Map<string, Need>();
  const need = (namespace: string, name: string): Need => {
    const id = `${namespace}/${name}`;
    const found = needs.get(id) ?? { namespace, name, keys: new Set(), readers: new Set() };
    needs.set(id, found);
    return found;
  };
  for (const { namespace, name, keys } of listed) for (const key of keys) need(namespace, name).keys.add(key);
  for (const { from, kind, namespace, name, key } of objects.flatMap(referencesOf)) {
    if (kind !== 'Secret' || produced.has(`${namespace}/${name}`) || accounts.has(name)) continue;
    const { keys, readers } = need(namespace, name);
    for (const each of key === undefined ? (model.secrets[name]?.keys ?? []) : [key]) keys.add(each);
    readers.add(titleOf(from));
  }
  return [...needs.values()]
    .map(({ namespace, name, keys, readers }) => ({
      namespace,
      name,
      keys: [...keys].sort(),
      readers: [...readers].sort(),
      why: model.secrets[name]?.why ?? '',
    }))
    .sort((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`, 'en'));
}

/** The owner of a database is created under this very name; a service user should not look like a person. */
const usernames: Readonly<Record<string, string>> = {
  'db-credentials': 'fineract',
  'keycloak-db-credentials': 'keycloak',
  'fineract-service-user': 'jobs',
};
const generated: ReadonlySet<string> = new Set(['password', 'secret', 'token', 'gateway', 'user-sync']);

function sourceOf(need: SecretNeed, key: string): string {
  if (key === 'username') return `--value username=${usernames[need.name] ?? 'admin'}`;
  if (generated.has(key)) return `--generate ${key}`;
  const variable = key.replaceAll(/[^a-z0-9]/gi, '_').toUpperCase();
  return key.includes('.') ? `--from-file ${key}=${key}` : `--from-env ${key}=${variable}`;
}

/** The command that seals some keys of a secret, ready to be run. */
export function sealCommand(environment: string, need: SecretNeed, keys = need.keys): string {
  const sources = keys.map((key) => sourceOf(need, key)).join(' ');
  return `npm run --silent fineract-gitops -- seal ${environment} ${need.name} ${sources}`.trimEnd();
}
