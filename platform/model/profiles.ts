/**
 * The source's profile table. Totals are the requests of an environment's steady state on the self-hosted provider:
 * every replica of every long-running pod of the bank's namespace, plus a slot for the largest Job, so that a Job can
 * always be scheduled. Storage counts usable capacity: the replicas of one database or topic are one copy of the data.
 * `reference` is the environment whose rendered resources must equal the row.
 */

import type { ClusterProfile, OptionalService } from './types.ts';

export interface ProfileRow {
  readonly name: ClusterProfile;
  readonly summary: string;
  readonly cpuMillis: number;
  readonly memoryMi: number;
  readonly storageGi: number;
  readonly services: readonly OptionalService[];
  readonly concurrentUsers: readonly [min: number, max: number];
  readonly deploymentMinutes: number;
  readonly reference: 'dev' | 'uat' | 'production';
}

export const profiles = {
  minimal: {
    name: 'minimal',
    summary: 'PostgreSQL only: development, testing, continuous integration.',
    cpuMillis: 5_000,
    memoryMi: 13 * 1024,
    storageGi: 100,
    services: [],
    concurrentUsers: [50, 200],
    deploymentMinutes: 5,
    reference: 'dev',
  },
  standard: {
    name: 'standard',
    summary: 'PostgreSQL and Redis: most production deployments.',
    cpuMillis: 5_500,
    memoryMi: 14 * 1024,
    storageGi: 110,
    services: ['redis'],
    concurrentUsers: [200, 1000],
    deploymentMinutes: 6,
    reference: 'uat',
  },
  full: {
    name: 'full',
    summary: 'All services, highly available: events on Kafka, documents on S3.',
    cpuMillis: 14_500,
    memoryMi: 40 * 1024,
    storageGi: 310,
    services: ['redis', 'kafka', 's3'],
    concurrentUsers: [1000, 5000],
    deploymentMinutes: 15,
    reference: 'production',
  },
} as const satisfies Readonly<Record<ClusterProfile, ProfileRow>>;

/** The fourth profile of the source's count: one machine, no cluster, started by `npm start`. */
export const localProfile = {
  name: 'local',
  summary: 'One machine: embedded PostgreSQL, embedded identity provider, optional Redis.',
} as const;
