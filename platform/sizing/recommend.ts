/** Clients and transactions -> profile, replicas, volume and cost. Pure arithmetic over the model. */

import { type Estimate, estimate } from '../cost/index.ts';
import type { Environment } from '../model/environments.ts';
import {
  environmentOf,
  type Model,
  ModelError,
  profileOf,
  steadyTotals,
  type Totals,
} from '../model/model.ts';
import type { ClusterProfile, Component, ProviderName } from '../model/types.ts';
import { type Assumptions, assumptions as cautious } from './assumptions.ts';

export interface Load {
  readonly clients: number;
  /** Transactions a second at the peak of the day. */
  readonly tps: number;
  /** Nobody's money: the small profile will do. */
  readonly testing?: boolean;
}

export interface Recommendation {
  readonly profile: ClusterProfile;
  /** One sentence on why this profile and not a smaller one. */
  readonly because: string;
  readonly concurrentUsers: number;
  readonly replicas: Readonly<Record<'fineract-read' | 'fineract-write' | 'fineract-batch', number>>;
  readonly databaseGi: number;
  readonly totals: Totals;
  readonly cost: Estimate;
  /** What the figures cannot promise. */
  readonly warnings: readonly string[];
}

const ascending: readonly ClusterProfile[] = ['minimal', 'standard', 'full'];
const atLeast = (least: number, wanted: number): number => Math.max(least, Math.ceil(wanted));

/** The smallest profile whose users and writes suffice. */
function chooseProfile(
  model: Model,
  { clients, tps, testing }: Load,
  given: Assumptions,
): Pick<Recommendation, 'profile' | 'because' | 'concurrentUsers'> {
  const concurrentUsers = Math.ceil(clients * given.concurrentShare);
  const reaches = (profile: ClusterProfile): boolean => {
    const [, users] = profileOf(model, profile).concurrentUsers;
    const writers = profile === 'full' ? Number.POSITIVE_INFINITY : 1;
    return concurrentUsers <= users && tps <= given.writesPerSecondPerReplica * writers;
  };
  const candidates = ascending.filter((profile) => testing || profile !== 'minimal');
  const profile = candidates.find(reaches) ?? 'full';
  const smaller = ascending[ascending.indexOf(profile) - 1];
  const [, users] = profileOf(model, smaller ?? profile).concurrentUsers;
  const because =
    smaller === undefined || (smaller === 'minimal' && !testing)
      ? `${profile} is the smallest profile for ${testing ? 'a test' : 'customers’ money'}`
      : concurrentUsers > users
        ? `${concurrentUsers} people at once are more than the ${users} of ${smaller}`
        : `${tps} transactions a second are more than the one write instance of ${smaller} takes`;
  return { profile, because, concurrentUsers };
}

/** A database for the years that are kept, in steps of 50 GiB and never below the model's. */
function databaseGi({ clients, tps }: Load, given: Assumptions, modelled: number): number {
  const perYear = (tps / given.peakFactor) * 365 * 24 * 3_600;
  const bytes = clients * given.bytesPerClient + perYear * given.yearsKept * given.bytesPerTransaction;
  const wanted = bytes / given.volumeFill / 1024 ** 3;
  return Math.max(modelled, Math.ceil(wanted / 50) * 50);
}

function warningsOf(
  load: Load,
  concurrentUsers: number,
  given: Assumptions,
  usersMax: number,
): readonly string[] {
  const beyondPrimary = load.tps > given.writesPerSecondOfPrimary;
  return [
    ...(beyondPrimary
      ? [
          `${load.tps} transactions a second are beyond the ${given.writesPerSecondOfPrimary} assumed of one primary; measure yours with bench/deposits.ts, or divide the bank into tenants on databases of their own.`,
        ]
      : []),
    ...(concurrentUsers > usersMax
      ? [
          `${concurrentUsers} people at once are beyond the ${usersMax} that the full profile was made for; try it under load first.`,
        ]
      : []),
  ];
}

/** The model with other replicas of the core and another size of the database. */
function grown(
  model: Model,
  { stage }: Environment,
  replicas: Recommendation['replicas'],
  sizeGi: number,
): Model {
  const grow = (component: Component): Component => {
    if (component.name === 'postgresql' && component.storage)
      return { ...component, storage: { ...component.storage, sizeGi } };
    if (!Object.hasOwn(replicas, component.name) || !component.replicas) return component;
    const count = replicas[component.name as keyof typeof replicas];
    return { ...component, replicas: { ...component.replicas, [stage]: count } };
  };
  return { ...model, components: model.components.map(grow) };
}

const templates = { minimal: 'dev', standard: 'uat', full: 'production' } as const;

/**
 * Recommends what to run for a load.
 * @throws ModelError when the load is no load
 */
export function recommend(
  model: Model,
  load: Load,
  provider: ProviderName = 'self-hosted',
  given: Assumptions = cautious,
): Recommendation {
  if (!(load.clients > 0) || !(load.tps > 0))
    throw new ModelError('A bank has at least one client and some transactions; give both above zero.');
  const { profile, because, concurrentUsers } = chooseProfile(model, load, given);
  const template: Environment = { ...environmentOf(model, templates[profile]), provider };
  const modelled = (name: string): number =>
    model.components.find((component) => component.name === name)?.replicas?.[template.stage] ?? 1;
  const replicas = {
    'fineract-read': atLeast(
      modelled('fineract-read'),
      (load.tps * given.readsPerWrite) / given.readsPerSecondPerReplica,
    ),
    'fineract-write': atLeast(modelled('fineract-write'), load.tps / given.writesPerSecondPerReplica),
    'fineract-batch': atLeast(
      modelled('fineract-batch'),
      (load.clients * given.accountsPerClient) / given.accountsPerSecondPerBatch / given.batchWindowSeconds,
    ),
  };
  const database = model.components.find(({ name }) => name === 'postgresql');
  const sizeGi = databaseGi(load, given, database?.storage?.sizeGi ?? 0);
  const wanted = grown(model, template, replicas, sizeGi);
  const { sourceRange: _, ...cost } = estimate(wanted, template, { databaseGi: sizeGi });
  return {
    profile,
    because,
    concurrentUsers,
    replicas,
    databaseGi: sizeGi,
    totals: steadyTotals(wanted, template),
    cost,
    warnings: warningsOf(load, concurrentUsers, given, profileOf(model, 'full').concurrentUsers[1]),
  };
}
