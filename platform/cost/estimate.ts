/** Model and prices -> an itemised estimate. Pure: the same model gives the same dollars. */

import type { Environment } from '../model/environments.ts';
import {
  componentsIn,
  environmentOf,
  type Model,
  peakTotals,
  profileOf,
  replicasIn,
  steadyTotals,
} from '../model/model.ts';
import type { ClusterProfile, Component } from '../model/types.ts';
import { awsK3s, type Machine, monthHours, type Rates, rates, wakingHours } from './prices.ts';
import { awsK3sRange, profileRanges, providerRanges, type Range } from './ranges.ts';

export interface CostItem {
  readonly item: string;
  readonly quantity: string;
  readonly usd: number;
}

export interface Estimate {
  readonly name: string;
  readonly items: readonly CostItem[];
  readonly totalUsd: number;
  readonly assumptions: readonly string[];
  /** What the source says; absent where it says nothing. */
  readonly sourceRange?: Range;
}

export interface EstimateOptions {
  /** AWS only: K3s on EC2 instead of EKS. */
  readonly k3s?: boolean;
  /** Machines beyond what the load needs, so that one may be lost. */
  readonly spareMachines?: number;
  /** A managed database larger than the price list's. */
  readonly databaseGi?: number;
}

const cents = (usd: number): number => Math.round(usd * 100) / 100;
const item = (name: string, quantity: string, usd: number): CostItem => ({
  item: name,
  quantity,
  usd: cents(usd),
});

/** Requests of what runs beside the bank: monitoring and the operators that say what they need. */
function besides(model: Model, environment: Environment): { cpuMillis: number; memoryMi: number } {
  const sizes = componentsIn(model, environment).flatMap((component) => {
    const size = component.place === 'bank' ? undefined : component.resources?.[environment.profile];
    return size ? [size] : [];
  });
  return {
    cpuMillis: sizes.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0),
    memoryMi: sizes.reduce((sum, { memoryMi }) => sum + memoryMi, 0),
  };
}

/** How many workers hold what must run. */
function workersFor(model: Model, environment: Environment, { machines }: Rates): number {
  const { base, worker, sizedFor, workersMin } = machines;
  const bank = sizedFor === 'peak' ? peakTotals(model, environment) : steadyTotals(model, environment);
  const other = besides(model, environment);
  const cpu = bank.cpuMillis + other.cpuMillis - (base?.usableCpuMillis ?? 0);
  const memory = bank.memoryMi + other.memoryMi - (base?.usableMemoryMi ?? 0);
  return Math.max(
    workersMin,
    Math.ceil(cpu / worker.usableCpuMillis),
    Math.ceil(memory / worker.usableMemoryMi),
  );
}

function machineItems(
  machine: Machine,
  count: number,
  hours: number,
  diskUsdPerGi: number,
): readonly CostItem[] {
  const disk = (machine.diskGi * diskUsdPerGi * count * hours) / monthHours;
  return [
    item(machine.name, `${count} × ${hours} h`, machine.usdPerHour * hours * count),
    ...(disk > 0 ? [item(`disks of ${machine.name}`, `${count} × ${machine.diskGi} GiB`, disk)] : []),
  ];
}

function volumeUsd({ volumes }: Rates, sizeGi: number): number {
  if (volumes.usdPerGi !== undefined) return volumes.usdPerGi * sizeGi;
  const tier = volumes.tiers?.find(([size]) => size >= sizeGi);
  if (!tier)
    throw new Error(`No tier of ${volumes.name} holds ${sizeGi} GiB; add one in platform/cost/prices.ts.`);
  return tier[1];
}

function volumeItems(model: Model, environment: Environment, chosen: Rates): readonly CostItem[] {
  const claims = componentsIn(model, environment).filter(({ storage }) => storage);
  return claims.map((component: Component) => {
    const [count, size] = [replicasIn(component, environment), component.storage?.sizeGi ?? 0];
    return item(
      `${chosen.volumes.name} of ${component.name}`,
      `${count} × ${size} GiB`,
      volumeUsd(chosen, size) * count,
    );
  });
}

function databaseItems({ database }: Rates, hours: number, wantedGi = 0): readonly CostItem[] {
  if (!database) return [];
  const sizeGi = Math.max(database.sizeGi, wantedGi);
  return [
    item(database.name, `${hours} h`, database.usdPerHour * hours),
    item('storage of the database', `${sizeGi} GiB`, sizeGi * database.usdPerGi),
  ];
}

function rangeOf(environment: Environment, k3s: boolean): Range | undefined {
  const { stage, provider, profile } = environment;
  if (k3s) return stage === 'dev' ? awsK3sRange : undefined;
  if (stage !== 'uat') return providerRanges[provider][stage];
  return provider === 'self-hosted' ? profileRanges[profile]?.selfHosted : profileRanges[profile]?.managed;
}

/** The monthly cost of one environment, item by item. */
export function estimate(model: Model, environment: Environment, options: EstimateOptions = {}): Estimate {
  const k3s = options.k3s === true && environment.provider === 'aws';
  const listed = rates[environment.provider][environment.stage];
  const chosen: Rates = k3s ? { ...listed, ...awsK3s } : listed;
  const { controlPlane, machines, machineDiskUsdPerGi, objectStore, wayIn } = chosen;
  const hours = environment.sleepsAtNight ? wakingHours : monthHours;
  const workers = workersFor(model, environment, chosen) + (options.spareMachines ?? 0);
  const items = [
    item(controlPlane.name, '1', controlPlane.usd),
    ...(machines.base ? machineItems(machines.base, 1, monthHours, machineDiskUsdPerGi) : []),
    ...machineItems(machines.worker, workers, hours, machineDiskUsdPerGi),
    ...databaseItems(chosen, hours, options.databaseGi),
    ...volumeItems(model, environment, chosen),
    item(objectStore.name, `${objectStore.sizeGi} GiB`, objectStore.sizeGi * objectStore.usdPerGi),
    item(wayIn.name, '1', wayIn.usd),
  ];
  const sourceRange = rangeOf(environment, k3s);
  return {
    name: k3s ? `${environment.name} (K3s)` : environment.name,
    items,
    totalUsd: cents(items.reduce((sum, { usd }) => sum + usd, 0)),
    assumptions: chosen.assumptions,
    ...(sourceRange ? { sourceRange } : {}),
  };
}

export type Hosting = 'self-hosted' | 'managed';

/**
 * The monthly cost of a profile that is never asleep: on own servers as its reference environment, managed as on AWS.
 * The profile that calls itself highly available has a server to lose.
 */
export function estimateProfile(model: Model, profile: ClusterProfile, hosting: Hosting): Estimate {
  const row = profileOf(model, profile);
  const full = profile === 'full';
  const base = environmentOf(
    model,
    hosting === 'self-hosted' ? row.reference : full ? 'production-aws' : 'dev-aws',
  );
  const spareMachines = hosting === 'self-hosted' && full ? 1 : 0;
  const { sourceRange: _, ...found } = estimate(
    model,
    { ...base, profile, sleepsAtNight: false },
    { spareMachines },
  );
  const range = profileRanges[profile]?.[hosting === 'managed' ? 'managed' : 'selfHosted'];
  return { ...found, name: `${profile}, ${hosting}`, ...(range ? { sourceRange: range } : {}) };
}
