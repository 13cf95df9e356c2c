/**
 * The nine environments, exactly as the source's table has them. Each one is a cluster of its own, so environments
 * that share a namespace name never meet.
 */

import type { ClusterProfile, ProviderName, Stage } from './types.ts';

export interface SyncWindow {
  /** Cron of the opening, in the settings' time zone. */
  readonly schedule: string;
  readonly durationHours: number;
  readonly label: string;
}

export interface Environment {
  readonly name: string;
  readonly stage: Stage;
  readonly provider: ProviderName;
  readonly profile: ClusterProfile;
  readonly namespace: string;
  readonly autoSync: boolean;
  /** Branch that Argo CD follows; `tagged` follows the release tag cut from it. */
  readonly branch: 'develop' | 'main';
  readonly tagged: boolean;
  readonly approvalRequired: boolean;
  readonly retryLimit: number;
  /** Absent means always. */
  readonly syncWindow?: SyncWindow;
  readonly edge: 'ingress' | 'gateway-api';
  readonly issuer: 'internal-ca' | 'letsencrypt-staging' | 'letsencrypt-production';
  /** What the bank's namespace may request at its peak: rollouts, autoscaling and Jobs together. */
  readonly quota: { readonly cpuMillis: number; readonly memoryMi: number; readonly storageGi: number };
  /** Scale the bank's services to zero at night. */
  readonly sleepsAtNight: boolean;
}

const officeHours: SyncWindow = { schedule: '0 10 * * 2-4', durationHours: 6, label: 'Tue-Thu 10AM-4PM' };

const dev = {
  stage: 'dev',
  namespace: 'fineract-dev',
  autoSync: true,
  branch: 'develop',
  tagged: false,
  approvalRequired: false,
  retryLimit: 5,
  edge: 'ingress',
  issuer: 'internal-ca',
  quota: { cpuMillis: 9_000, memoryMi: 22 * 1024, storageGi: 120 },
  sleepsAtNight: false,
} as const;

const uat = {
  stage: 'uat',
  namespace: 'fineract-uat',
  autoSync: false,
  branch: 'main',
  tagged: false,
  approvalRequired: true,
  retryLimit: 5,
  edge: 'ingress',
  issuer: 'letsencrypt-staging',
  quota: { cpuMillis: 10_000, memoryMi: 24 * 1024, storageGi: 130 },
  sleepsAtNight: false,
} as const;

const production = {
  stage: 'production',
  namespace: 'fineract-production',
  autoSync: false,
  branch: 'main',
  tagged: true,
  approvalRequired: true,
  retryLimit: 3,
  syncWindow: officeHours,
  edge: 'ingress',
  issuer: 'letsencrypt-production',
  quota: { cpuMillis: 24_000, memoryMi: 64 * 1024, storageGi: 750 },
  sleepsAtNight: false,
} as const;

export const environments: readonly Environment[] = [
  { name: 'dev', provider: 'self-hosted', profile: 'minimal', ...dev },
  { name: 'dev-aws', provider: 'aws', profile: 'standard', ...dev, sleepsAtNight: true },
  { name: 'dev-azure', provider: 'azure', profile: 'standard', ...dev, sleepsAtNight: true },
  { name: 'dev-gcp', provider: 'gcp', profile: 'standard', ...dev, sleepsAtNight: true },
  { name: 'uat', provider: 'self-hosted', profile: 'standard', ...uat },
  { name: 'production', provider: 'self-hosted', profile: 'full', ...production },
  { name: 'production-aws', provider: 'aws', profile: 'full', ...production },
  { name: 'production-azure', provider: 'azure', profile: 'full', ...production },
  { name: 'production-gcp', provider: 'gcp', profile: 'full', ...production },
];
