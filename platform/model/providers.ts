/**
 * The four infrastructure providers. In-cluster Redis runs on all of them; the database and the object store are
 * managed services on the clouds. Values that differ per account are named here once, never in manifests by hand.
 */

import type { ProviderName } from './types.ts';

export interface Provider {
  readonly name: ProviderName;
  /** The name of the Kustomize component's folder. */
  readonly folder: string;
  readonly cluster: string;
  readonly database: { readonly managed: boolean; readonly product: string };
  readonly objectStore: {
    readonly kind: 's3' | 'azblob' | 'gs';
    readonly product: string;
    readonly region: string;
  };
  readonly storageClass: string;
  readonly identity: 'none' | 'irsa' | 'workload-identity';
  /** Private network that holds the managed database. */
  readonly privateCidr: string;
}

export const providers = {
  'self-hosted': {
    name: 'self-hosted',
    folder: 'self-hosted',
    cluster: 'K3s',
    database: { managed: false, product: 'PostgreSQL 15 by CloudNativePG' },
    objectStore: { kind: 's3', product: 'S3-compatible storage', region: 'us-east-1' },
    storageClass: 'local-path',
    identity: 'none',
    privateCidr: '10.0.0.0/16',
  },
  aws: {
    name: 'aws',
    folder: 'aws-managed',
    cluster: 'EKS or K3s',
    database: { managed: true, product: 'RDS PostgreSQL 15 Multi-AZ' },
    objectStore: { kind: 's3', product: 'S3 (IRSA)', region: 'us-east-2' },
    storageClass: 'gp3',
    identity: 'irsa',
    privateCidr: '10.20.0.0/16',
  },
  azure: {
    name: 'azure',
    folder: 'azure-managed',
    cluster: 'AKS',
    database: { managed: true, product: 'Azure Database for PostgreSQL 15 Flexible Server' },
    objectStore: { kind: 'azblob', product: 'Blob Storage', region: 'westeurope' },
    storageClass: 'managed-csi-premium',
    identity: 'workload-identity',
    privateCidr: '10.30.0.0/16',
  },
  gcp: {
    name: 'gcp',
    folder: 'gcp-managed',
    cluster: 'GKE',
    database: { managed: true, product: 'Cloud SQL for PostgreSQL 15 HA' },
    objectStore: { kind: 'gs', product: 'Cloud Storage', region: 'europe-west1' },
    storageClass: 'premium-rwo',
    identity: 'workload-identity',
    privateCidr: '10.40.0.0/16',
  },
} as const satisfies Readonly<Record<ProviderName, Provider>>;
