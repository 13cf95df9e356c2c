/**
 * What things cost: US dollars, a month of 730 hours, without tax, rounded from the providers' public price lists.
 * Prices move: change a row here and every estimate, page and test follows. Decision 0141 says what is left out.
 */

import type { ProviderName, Stage } from '../model/types.ts';

export const monthHours = 730;
/** Weekdays from six to twenty: what is left of a month when an environment sleeps at night and over the weekend. */
export const wakingHours = 303;

/** A machine and what it leaves to pods after its own system's share. */
export interface Machine {
  readonly name: string;
  readonly usdPerHour: number;
  readonly usableCpuMillis: number;
  readonly usableMemoryMi: number;
  /** Its own disk, where that is paid apart. */
  readonly diskGi: number;
}

const gi = 1024;
const machine = (
  name: string,
  usdPerHour: number,
  usableCpuMillis: number,
  usableGi: number,
  diskGi: number,
): Machine => ({ name, usdPerHour, usableCpuMillis, usableMemoryMi: usableGi * gi, diskGi });

export interface Machines {
  /** Always there; system pods and monitoring live here. */
  readonly base?: Machine;
  /** As many as the bank needs. */
  readonly worker: Machine;
  /** Fixed machines must hold the peak; a cluster autoscaler adds to the steady state for minutes. */
  readonly sizedFor: 'steady' | 'peak';
  readonly workersMin: number;
}

export interface Database {
  readonly name: string;
  readonly usdPerHour: number;
  readonly sizeGi: number;
  readonly usdPerGi: number;
}

export interface Rates {
  readonly assumptions: readonly string[];
  readonly controlPlane: { readonly name: string; readonly usd: number };
  readonly machines: Machines;
  readonly database?: Database;
  /** Volumes of the cluster: by the GiB, or by the tier that a size falls into. */
  readonly volumes: {
    readonly name: string;
    readonly usdPerGi?: number;
    readonly tiers?: readonly (readonly [sizeGi: number, usd: number])[];
  };
  readonly machineDiskUsdPerGi: number;
  readonly objectStore: { readonly name: string; readonly sizeGi: number; readonly usdPerGi: number };
  readonly wayIn: { readonly name: string; readonly usd: number };
}

const rented = machine('server of 16 vCPU, 32 GB and its own disks', 36 / monthHours, 15_000, 28, 0);

const selfHosted = (workersMin: number, backupsGi: number, wayIn: Rates['wayIn']): Rates => ({
  assumptions: ['rented servers, K3s on all of them, volumes on their own disks'],
  controlPlane: { name: 'K3s', usd: 0 },
  machines: { worker: rented, sizedFor: 'peak', workersMin },
  volumes: { name: 'volumes on the servers', usdPerGi: 0 },
  machineDiskUsdPerGi: 0,
  objectStore: { name: 'off-site object store for backups', sizeGi: backupsGi, usdPerGi: 0.025 },
  wayIn,
});

const ownAddress = { name: 'public address of a server', usd: 0 };

const awsDev: Rates = {
  assumptions: [
    'us-east-2; Spot instances at a quarter of the list price; the database is stopped while the bank sleeps',
    'public subnets without a NAT gateway; the way in is a node port behind a public address',
  ],
  controlPlane: { name: 'EKS control plane', usd: 73 },
  machines: {
    base: machine('t3a.medium (Spot)', 0.0094, 1_800, 3.2, 20),
    worker: machine('t3a.xlarge (Spot)', 0.0376, 3_850, 14, 20),
    sizedFor: 'steady',
    workersMin: 1,
  },
  database: { name: 'RDS db.t4g.micro, one zone', usdPerHour: 0.016, sizeGi: 20, usdPerGi: 0.115 },
  volumes: { name: 'EBS gp3', usdPerGi: 0.08 },
  machineDiskUsdPerGi: 0.08,
  objectStore: { name: 'S3 Standard', sizeGi: 20, usdPerGi: 0.023 },
  wayIn: { name: 'public address', usd: 0 },
};

const awsProduction: Rates = {
  assumptions: [
    'us-east-2; nodes on a one-year Compute Savings Plan without upfront payment',
    'a NAT instance instead of NAT gateways; traffic is not counted',
  ],
  controlPlane: { name: 'EKS control plane', usd: 73 },
  machines: {
    worker: machine('t3.xlarge (1-year plan)', 0.1048, 3_850, 14, 20),
    sizedFor: 'steady',
    workersMin: 3,
  },
  database: { name: 'RDS db.t3.medium Multi-AZ', usdPerHour: 0.145, sizeGi: 100, usdPerGi: 0.23 },
  volumes: { name: 'EBS gp3', usdPerGi: 0.08 },
  machineDiskUsdPerGi: 0.08,
  objectStore: { name: 'S3 Standard with lifecycle', sizeGi: 200, usdPerGi: 0.023 },
  wayIn: { name: 'Network Load Balancer and NAT instance', usd: 19.5 },
};

const azureTiers = [
  [16, 2.4],
  [32, 4.8],
  [64, 9.3],
  [128, 17.9],
] as const;

const azureDev: Rates = {
  assumptions: ['westeurope; nodes pay as you go; the database is stopped while the bank sleeps'],
  controlPlane: { name: 'AKS Free tier', usd: 0 },
  machines: {
    base: machine('B2s', 0.0416, 1_700, 2.7, 0),
    worker: machine('B4ms', 0.166, 3_700, 13, 0),
    sizedFor: 'steady',
    workersMin: 1,
  },
  database: { name: 'Flexible Server B1ms', usdPerHour: 0.017, sizeGi: 32, usdPerGi: 0.115 },
  volumes: { name: 'Premium SSD', tiers: azureTiers },
  machineDiskUsdPerGi: 0,
  objectStore: { name: 'Blob Storage, hot', sizeGi: 20, usdPerGi: 0.0184 },
  wayIn: { name: 'public address', usd: 3.65 },
};

const azureProduction: Rates = {
  assumptions: ['westeurope; nodes and database reserved for a year', 'traffic is not counted'],
  controlPlane: { name: 'AKS Free tier', usd: 0 },
  machines: {
    worker: machine('B4ms (1-year reservation)', 0.0979, 3_800, 13, 0),
    sizedFor: 'steady',
    workersMin: 3,
  },
  database: {
    name: 'Flexible Server D2ds_v5, zone-redundant (1-year reservation)',
    usdPerHour: 0.196,
    sizeGi: 128,
    usdPerGi: 0.23,
  },
  volumes: { name: 'Premium SSD', tiers: azureTiers },
  machineDiskUsdPerGi: 0,
  objectStore: { name: 'Blob Storage, hot, geo-redundant', sizeGi: 100, usdPerGi: 0.046 },
  wayIn: { name: 'public address', usd: 3.65 },
};

const gcpDev: Rates = {
  assumptions: [
    'europe-west1; nodes on demand; the database is stopped while the bank sleeps',
    "the monthly free tier covers one zonal cluster's management fee",
  ],
  controlPlane: { name: 'GKE, zonal', usd: 0 },
  machines: {
    base: machine('e2-medium', 0.0335, 900, 2.7, 20),
    worker: machine('e2-standard-4', 0.134, 3_900, 13, 20),
    sizedFor: 'steady',
    workersMin: 1,
  },
  database: { name: 'Cloud SQL db-g1-small', usdPerHour: 0.035, sizeGi: 20, usdPerGi: 0.17 },
  volumes: { name: 'Persistent Disk SSD', usdPerGi: 0.17 },
  machineDiskUsdPerGi: 0.04,
  objectStore: { name: 'Cloud Storage Standard', sizeGi: 20, usdPerGi: 0.02 },
  wayIn: { name: 'public address', usd: 0 },
};

const gcpProduction: Rates = {
  assumptions: [
    'europe-west1; nodes on a one-year commitment; a zonal control plane with nodes in three zones',
    "the monthly free tier covers one zonal cluster's management fee; traffic is not counted",
  ],
  controlPlane: { name: 'GKE, zonal', usd: 0 },
  machines: {
    worker: machine('e2-standard-4 (1-year commitment)', 0.0845, 3_850, 13, 20),
    sizedFor: 'steady',
    workersMin: 3,
  },
  database: {
    name: 'Cloud SQL db-custom-1-3840, regional',
    usdPerHour: 0.135,
    sizeGi: 100,
    usdPerGi: 0.34,
  },
  volumes: { name: 'Persistent Disk SSD', usdPerGi: 0.17 },
  machineDiskUsdPerGi: 0.04,
  objectStore: { name: 'Cloud Storage, multi-region', sizeGi: 100, usdPerGi: 0.026 },
  wayIn: { name: 'load balancer', usd: 18.25 },
};

/** Who rehearses for production pays production's way of buying, only fewer machines. */
export const rates: Readonly<Record<ProviderName, Readonly<Record<Stage, Rates>>>> = {
  'self-hosted': {
    dev: selfHosted(1, 20, ownAddress),
    uat: selfHosted(2, 50, ownAddress),
    production: selfHosted(3, 400, { name: 'floating address and load balancer', usd: 6 }),
  },
  aws: { dev: awsDev, uat: awsProduction, production: awsProduction },
  azure: { dev: azureDev, uat: azureProduction, production: azureProduction },
  gcp: { dev: gcpDev, uat: gcpProduction, production: gcpProduction },
};

/** K3s on EC2 instead of EKS: no fee for the control plane, but the machine that is always there must carry it. */
export const awsK3s: Pick<Rates, 'controlPlane' | 'machines'> = {
  controlPlane: { name: 'K3s', usd: 0 },
  machines: { ...awsDev.machines, base: machine('t3a.large (Spot)', 0.0188, 1_500, 6, 20) },
};
