/** What the source says that things cost in US dollars a month; the estimates must lie inside. */

import type { ClusterProfile, ProviderName } from '../model/types.ts';

export type Range = readonly [min: number, max: number];

export const providerRanges: Readonly<
  Record<ProviderName, { readonly dev: Range; readonly production: Range }>
> = {
  'self-hosted': { dev: [30, 40], production: [100, 150] },
  aws: { dev: [90, 110], production: [400, 500] },
  azure: { dev: [90, 120], production: [380, 470] },
  gcp: { dev: [85, 110], production: [370, 460] },
};

/** AWS again, with K3s on EC2 instead of EKS. */
export const awsK3sRange: Range = [40, 50];

/** The source names no cost of the minimal profile. */
export const profileRanges: Readonly<
  Partial<Record<ClusterProfile, { readonly selfHosted: Range; readonly managed: Range }>>
> = {
  standard: { selfHosted: [60, 80], managed: [110, 140] },
  full: { selfHosted: [150, 200], managed: [400, 500] },
};
