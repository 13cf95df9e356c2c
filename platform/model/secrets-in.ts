/** Which secrets an environment needs sealed: the ones that what runs there reads. */

import type { Environment } from './environments.ts';
import { componentsIn, type Model, servicesIn } from './model.ts';
import type { SecretRow } from './secrets.ts';
import type { Component, Env } from './types.ts';

export interface NeededSecret {
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  readonly why: string;
}

/** Secrets that a component's pod names, counting those out that its profile or engine leaves out. */
function named(model: Model, component: Component, environment: Environment): readonly string[] {
  const services = servicesIn(model, environment) as readonly string[];
  const applies = ({ needs, engine }: Env): boolean =>
    (!needs || services.includes(needs)) && (!engine || engine === model.engine);
  const containers = [component, ...(component.extra ?? [])];
  return containers.flatMap(({ env = [], mounts = [] }) => [
    ...env.filter(applies).flatMap(({ secret }) => (secret ? [secret.name] : [])),
    ...mounts.flatMap((mount) => (mount.kind === 'secret' ? [mount.name] : [])),
  ]);
}

/** Named by configuration rather than by a pod of ours. */
const namedElsewhere: readonly string[] = [
  'velero-credentials',
  'argocd-notifications-secret',
  'object-store-credentials',
];

/** Every secret that must be sealed for an environment, by name. */
export function secretsIn(model: Model, environment: Environment): readonly NeededSecret[] {
  const names = new Set([
    ...componentsIn(model, environment).flatMap((component) => named(model, component, environment)),
    ...namedElsewhere,
  ]);
  const needed = ([name, row]: readonly [string, SecretRow]): boolean =>
    names.has(name) && (!row.providers || row.providers.includes(environment.provider));
  return Object.entries(model.secrets)
    .filter(needed)
    .map(([name, { keys, why, place }]) => ({ name, namespace: place ?? environment.namespace, keys, why }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
