/**
 * The model as the renderer, the checks and the commands read it: wide types, so that a test or a bank can hand in a
 * changed one; `checkModel` then says what is wrong with it. The literal tables beside this file are checked by the
 * compiler already.
 */

import { components, connections } from './components/index.ts';
import { type Environment, environments } from './environments.ts';
import lock from './images.lock.json' with { type: 'json' };
import { type Image, images } from './images.ts';
import { type ProfileRow, profiles } from './profiles.ts';
import { type Provider, providers } from './providers.ts';
import { type SecretRow, secrets } from './secrets.ts';
import { type Settings, settings } from './settings.ts';
import type { Component, Connection, Engine, OptionalService, Resources } from './types.ts';

export interface Model {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly components: readonly Component[];
  readonly connections: readonly Connection[];
  readonly environments: readonly Environment[];
  readonly profiles: Readonly<Record<string, ProfileRow>>;
  readonly providers: Readonly<Record<string, Provider>>;
  readonly images: Readonly<Record<string, Image>>;
  /** What `images lock` learned: digest by reference. Without one, the tag alone is used. */
  readonly digests: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretRow>>;
}

/** The model that this repository deploys; a field may be replaced, for a test or for another bank. */
export function createModel(changes: Partial<Model> = {}): Model {
  return {
    engine: settings.engine,
    settings,
    components: Object.values(components),
    connections,
    environments,
    profiles,
    providers,
    images,
    digests: lock.digests,
    secrets,
    ...changes,
  };
}

/** An expected refusal about the model: one sentence that says what to mend. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

function find<T>(table: Readonly<Record<string, T>>, kind: string, name: string): T {
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row === undefined) {
    throw new ModelError(`Unknown ${kind} "${name}"; choose one of ${Object.keys(table).join(', ')}.`);
  }
  return row;
}

const byName = <T extends { readonly name: string }>(rows: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(rows.map((row) => [row.name, row]));

export const environmentOf = (model: Model, name: string): Environment =>
  find(byName(model.environments), 'environment', name);
export const componentOf = (model: Model, name: string): Component =>
  find(byName(model.components), 'component', name);
export const profileOf = (model: Model, name: string): ProfileRow => find(model.profiles, 'profile', name);
export const providerOf = (model: Model, name: string): Provider => find(model.providers, 'provider', name);

/** Does this environment run the component in its cluster? Components without resources stand beside every profile. */
export function runsIn(model: Model, component: Component, environment: Environment): boolean {
  if (component.providers && !component.providers.includes(environment.provider)) return false;
  if (component.edge && component.edge !== environment.edge) return false;
  if (component.resources && component.resources[environment.profile] === undefined) return false;
  if (component.name.startsWith('night-') && !environment.sleepsAtNight) return false;
  const { workload } = component;
  if (workload.kind === 'cronjob' && workload.stages && !workload.stages.includes(environment.stage))
    return false;
  return model.components.includes(component);
}

/** Is the component there to talk to? As `runsIn`, or as a managed service outside the cluster. */
export function reachableIn(model: Model, component: Component, environment: Environment): boolean {
  return runsIn(model, component, environment) || isManagedDatabase(model, component, environment);
}

/** PostgreSQL on a cloud is the provider's service, reached under the same name in its private network. */
export function isManagedDatabase(model: Model, component: Component, environment: Environment): boolean {
  return component.name === 'postgresql' && providerOf(model, environment.provider).database.managed;
}

export function componentsIn(model: Model, environment: Environment): readonly Component[] {
  return model.components.filter((component) => runsIn(model, component, environment));
}

/** The connections whose two ends are there in this environment. */
export function connectionsIn(model: Model, environment: Environment): readonly Connection[] {
  const there = new Set(
    model.components.filter((c) => reachableIn(model, c, environment)).map((component) => component.name),
  );
  const wanted = ({ from, to, unless }: Connection): boolean =>
    there.has(from) && there.has(to) && !(unless && there.has(unless));
  return model.connections.filter(wanted);
}

export const replicasIn = (component: Component, environment: Environment): number =>
  component.replicas?.[environment.stage] ?? 1;

/** The services of the profile table that this environment can use, counting the provider's own object store out. */
export function servicesIn(model: Model, environment: Environment): readonly OptionalService[] {
  return profileOf(model, environment.profile).services.filter((name) =>
    componentsIn(model, environment).some((component) => component.name === name),
  );
}

/** Requests of one pod: the main container and its sidecars. */
export function podRequests(component: Component, profile: Environment['profile']): Resources {
  const main = component.resources?.[profile] ?? { cpuMillis: 0, memoryMi: 0 };
  const sidecars = (component.extra ?? []).filter((container) => container.role === 'sidecar');
  return {
    cpuMillis: main.cpuMillis + sidecars.reduce((sum, { resources }) => sum + resources.cpuMillis, 0),
    memoryMi: main.memoryMi + sidecars.reduce((sum, { resources }) => sum + resources.memoryMi, 0),
  };
}

export const isJob = (component: Component): boolean =>
  component.workload.kind === 'job' || component.workload.kind === 'cronjob';

export interface Totals {
  readonly cpuMillis: number;
  readonly memoryMi: number;
  readonly storageGi: number;
}

const bankPods = (model: Model, environment: Environment): readonly Component[] =>
  componentsIn(model, environment).filter((c) => c.place === 'bank' && c.resources !== undefined);

/**
 * Steady state of the bank's namespace: every replica of what runs on, and a slot for the largest Job. Storage is
 * usable capacity, one copy of each volume (see `profiles.ts`).
 */
export function steadyTotals(model: Model, environment: Environment): Totals {
  const pods = bankPods(model, environment);
  const requests = (c: Component): Resources => podRequests(c, environment.profile);
  const running = pods.filter((c) => !isJob(c));
  const jobs = pods.filter(isJob).map(requests);
  const largest = (pick: (r: Resources) => number): number => Math.max(0, ...jobs.map(pick));
  const sum = (pick: (r: Resources) => number): number =>
    running.reduce((total, c) => total + pick(requests(c)) * replicasIn(c, environment), 0);
  return {
    cpuMillis: sum((r) => r.cpuMillis) + largest((r) => r.cpuMillis),
    memoryMi: sum((r) => r.memoryMi) + largest((r) => r.memoryMi),
    storageGi: running.reduce((total, c) => total + (c.storage?.sizeGi ?? 0), 0),
  };
}

/** What the namespace may ask for at once: autoscaled out, every release surging, every Job running. */
export function peakTotals(model: Model, environment: Environment): Totals {
  const pods = bankPods(model, environment);
  const copies = (c: Component): number => {
    const steady = replicasIn(c, environment);
    if (isJob(c) || c.workload.kind === 'managed' || c.workload.kind === 'statefulset') return steady;
    if (c.workload.kind === 'blue-green') return steady * 2;
    return (c.autoscaling?.replicasMax[environment.stage] ?? steady) + 1;
  };
  const sum = (pick: (r: Resources) => number): number =>
    pods.reduce((total, c) => total + pick(podRequests(c, environment.profile)) * copies(c), 0);
  return {
    cpuMillis: sum((r) => r.cpuMillis),
    memoryMi: sum((r) => r.memoryMi),
    storageGi: pods.reduce((total, c) => total + (c.storage?.sizeGi ?? 0) * replicasIn(c, environment), 0),
  };
}

/** The full image reference, with its digest where it is locked; ours come from the configured registry. */
export function imageReference(model: Model, name: string): string {
  const image = find(model.images, 'image', name);
  const repository =
    image.origin === 'ours' ? `${model.settings.registry}/${image.repository}` : image.repository;
  const reference = `${repository}:${image.tag}`;
  const digest = model.digests[reference];
  return digest === undefined ? reference : `${reference}@${digest}`;
}

/** Git revision that Argo CD follows for an environment. */
export const revisionOf = (model: Model, environment: Environment): string =>
  environment.tagged ? model.settings.productionTag : environment.branch;

/** Public host of an environment; `part` is a component's own sub-domain, such as `login`. */
export function hostOf(model: Model, environment: Environment, part = ''): string {
  const { domain } = model.settings;
  const base = environment.name === 'production' ? domain : `${environment.name}.${domain}`;
  return part === '' ? base : `${part}.${base}`;
}
