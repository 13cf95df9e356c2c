/** What one object names in another must be there, with the key that is read, and applied no later. */

import type { Environment } from '../model/environments.ts';
import { type Model, providerOf } from '../model/model.ts';
import { secretsIn } from '../model/secrets-in.ts';
import type { KubeObject } from '../render/tree.ts';
import { nameOf, namespaceOf, textsAt, titleOf } from './objects.ts';
import {
  producedConfigMaps,
  producedSecrets,
  producedServices,
  type Reference,
  type ReferenceKind,
  referencesOf,
} from './references.ts';

/** Kinds that the cluster itself brings. */
const ofTheCluster: Readonly<Partial<Record<ReferenceKind, readonly string[]>>> = {
  PriorityClass: ['system-cluster-critical', 'system-node-critical'],
};

const idOf = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Everything that may be named, as `Kind namespace/name`. */
function definedIn(
  model: Model,
  environment: Environment,
  objects: readonly KubeObject[],
): ReadonlySet<string> {
  const produced = (
    kind: ReferenceKind,
    names: (object: KubeObject) => readonly string[],
  ): readonly string[] =>
    objects.flatMap((object) =>
      names(object).map((name) =>
        idOf(kind, object.kind === 'ClusterIssuer' ? 'cert-manager' : namespaceOf(object), name),
      ),
    );
  return new Set([
    ...objects.map((object) => idOf(object.kind, namespaceOf(object), nameOf(object))),
    ...produced('Secret', producedSecrets),
    ...produced('ConfigMap', producedConfigMaps),
    ...produced('Service', producedServices),
    ...secretsIn(model, environment).map(({ namespace, name }) => idOf('Secret', namespace, name)),
    idOf('StorageClass', '', providerOf(model, environment.provider).storageClass),
    ...Object.entries(ofTheCluster).flatMap(([kind, names]) => names.map((name) => idOf(kind, '', name))),
  ]);
}

/** References to what is not there, one sentence each. */
export function danglingReferences(
  model: Model,
  environment: Environment,
  objects: readonly KubeObject[],
): readonly string[] {
  const defined = definedIn(model, environment, objects);
  const named = objects.flatMap(referencesOf);
  const missing = named.filter(({ kind, namespace, name }) => !defined.has(idOf(kind, namespace, name)));
  return [
    ...missing.map(
      ({ from, kind, name }) =>
        `${titleOf(from)} names the ${kind} "${name}", which nothing defines; declare it or name another.`,
    ),
    ...missingKeys(model, environment, objects, named),
  ];
}

/** Keys of ConfigMaps and secrets that are read but not there. */
function missingKeys(
  model: Model,
  environment: Environment,
  objects: readonly KubeObject[],
  named: readonly Reference[],
): readonly string[] {
  const keys = new Map<string, readonly string[]>([
    ...objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(
        (map) =>
          [idOf('ConfigMap', namespaceOf(map), nameOf(map)), Object.keys(textsAt(map, 'data'))] as const,
      ),
    ...secretsIn(model, environment).map(
      (secret) => [idOf('Secret', secret.namespace, secret.name), secret.keys] as const,
    ),
  ]);
  return named.flatMap(({ from, kind, namespace, name, key }) => {
    const known = keys.get(idOf(kind, namespace, name));
    if (key === undefined || known === undefined || known.includes(key)) return [];
    return [
      `${titleOf(from)} reads "${key}" of the ${kind} "${name}", which has ${known.join(', ') || 'no key'}.`,
    ];
  });
}

const waveOf = (object: KubeObject): number =>
  Number(object.metadata?.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);

/** Objects of one namespace that are applied before something they name: Argo CD would wait for ever. */
export function waveInversions(objects: readonly KubeObject[]): readonly string[] {
  const byId = new Map(
    objects.map((object) => [idOf(object.kind, namespaceOf(object), nameOf(object)), object]),
  );
  return objects.flatMap((object) =>
    referencesOf(object).flatMap(({ kind, namespace, name }) => {
      const target = byId.get(idOf(kind, namespace, name));
      if (!target || waveOf(target) <= waveOf(object)) return [];
      return [
        `${titleOf(object)} is applied in wave ${waveOf(object)} but needs the ${kind} "${name}" of wave ${waveOf(target)}.`,
      ];
    }),
  );
}
