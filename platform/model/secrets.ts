/**
 * Every secret a workload reads: its name and keys. The values are never here; `deploy/secrets/<environment>` holds
 * them sealed. Names that the source's topology diagram gives are kept.
 */

import type { ProviderName } from './types.ts';

export interface SecretRow {
  readonly keys: readonly string[];
  readonly why: string;
  /** Namespace that holds it; the bank's own when absent. */
  readonly place?: 'monitoring' | 'velero' | 'argocd';
  /** Only these providers need it; all when absent. */
  readonly providers?: readonly ProviderName[];
}

export const secrets = {
  'db-credentials': {
    keys: ['username', 'password'],
    why: 'The database role of Fineract, user sync and the backup.',
  },
  'keycloak-db-credentials': {
    keys: ['username', 'password'],
    why: "The database role of Keycloak's own database.",
  },
  'redis-password': { keys: ['password'], why: 'The cache and the session store.' },
  'fineract-bootstrap-admin': {
    keys: ['username', 'password'],
    why: 'The first super user, made by the first migration.',
  },
  'fineract-service-user': {
    keys: ['username', 'password'],
    why: 'The user that the data loader and the job triggers sign in as.',
  },
  'tenant-master-password': {
    keys: ['password'],
    why: 'Encrypts the tenant connections that the Apache engine keeps in its tenant store.',
  },
  'gateway-session': { keys: ['secret'], why: 'Encrypts the session cookie.' },
  'oidc-clients': {
    keys: ['gateway', 'user-sync'],
    why: 'Client secrets; the gateway, user sync and the realm import read the same keys, so they cannot drift.',
  },
  'keycloak-admin': { keys: ['username', 'password'], why: 'Bootstrap administrator of Keycloak.' },
  'user-sync-token': { keys: ['token'], why: 'Proves to user sync that the caller is the write instance.' },
  'object-store-credentials': {
    keys: ['access-key-id', 'secret-access-key'],
    why: 'S3-compatible store of the self-hosted provider; clouds use workload identity instead.',
    providers: ['self-hosted'],
  },
  's3-identities': {
    keys: ['s3.json'],
    why: "SeaweedFS' own list of access keys, the same pair as above.",
    providers: ['self-hosted'],
  },
  'smtp-credentials': { keys: ['url'], why: 'SMTP URL with its user (AWS SES or any relay).' },
  'grafana-admin': { keys: ['username', 'password'], why: 'Administrator of Grafana.', place: 'monitoring' },
  'postgresql-ca': {
    keys: ['ca.crt'],
    why: "The authority that signed the managed database's certificate; CloudNativePG makes its own.",
    providers: ['aws', 'azure', 'gcp'],
  },
  'velero-credentials': {
    keys: ['cloud'],
    why: 'Access of Velero to the backup bucket; clouds use workload identity instead.',
    place: 'velero',
    providers: ['self-hosted'],
  },
  'argocd-notifications-secret': {
    keys: ['smtp-username', 'smtp-password'],
    why: 'The mail account that Argo CD sends its notifications from.',
    place: 'argocd',
  },
} as const satisfies Readonly<Record<string, SecretRow>>;

export type SecretName = keyof typeof secrets;
export type SecretKey<N extends SecretName> = (typeof secrets)[N]['keys'][number];

/** A key of a secret, checked by the compiler against the table above. */
export interface SecretRef {
  readonly name: string;
  readonly key: string;
}

/** Refers to one key of one secret; an unknown name or key does not compile. */
export function secret<const N extends SecretName>(name: N, key: SecretKey<N>): SecretRef {
  return { name, key };
}
