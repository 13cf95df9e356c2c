/** The `fineract-config` ConfigMap of an environment: every address and switch that is not secret, each made in one place. */

import type { Environment } from './environments.ts';
import { hostOf, type Model, providerOf, revisionOf, servicesIn } from './model.ts';

const bucketName = (environment: Environment, purpose: string): string =>
  `fineract-${environment.name}-${purpose}`;

/** Where an object-store URL of this environment points; `purpose` is part of the bucket's name. */
function objectStoreUrl(model: Model, environment: Environment, purpose: string): string {
  const { kind, region } = providerOf(model, environment.provider).objectStore;
  const bucket = bucketName(environment, purpose);
  if (kind === 'azblob') return `azblob://${bucket}?account=${bucket.replaceAll('-', '').slice(0, 24)}`;
  if (kind === 'gs') return `gs://${bucket}`;
  const endpoint =
    environment.provider === 'self-hosted'
      ? `&endpoint=https://s3.${model.settings.domain}&forcePathStyle=true`
      : '';
  return `s3://${bucket}?region=${region}${endpoint}`;
}

/** Certificates are verified, against the operator's or the provider's authority. */
const databaseParameters = (managed: boolean): string =>
  `sslmode=${managed ? 'verify-ca' : 'verify-full'}&sslrootcert=/etc/postgresql-ca/ca.crt`;

/** JDBC URL of one database. */
const databaseUrl = (managed: boolean, database: string): string =>
  `jdbc:postgresql://postgresql-service:5432/${database}?${databaseParameters(managed)}`;

/** Keys and values of `fineract-config` for one environment. */
export function configValues(model: Model, environment: Environment): Readonly<Record<string, string>> {
  const identityUrl = `https://${hostOf(model, environment, 'login')}`;
  const managed = providerOf(model, environment.provider).database.managed;
  const inClusterStore = servicesIn(model, environment).includes('s3');
  return {
    'public-url': `https://${hostOf(model, environment)}`,
    'identity-url': identityUrl,
    'oidc-issuer': `${identityUrl}/realms/fineract`,
    'oidc-jwks-url': 'http://keycloak-service:8080/realms/fineract/protocol/openid-connect/certs',
    'oidc-audience': 'fineract-api',
    'database-host': 'postgresql-service',
    'database-read-host': 'postgresql-read-service',
    'database-parameters': databaseParameters(managed),
    'database-url': databaseUrl(managed, 'fineract_tenants'),
    'keycloak-database-url': databaseUrl(managed, 'keycloak'),
    'objects-url': inClusterStore
      ? 's3://documents?region=us-east-1&endpoint=http://s3-service:8333&forcePathStyle=true'
      : objectStoreUrl(model, environment, 'documents'),
    'backup-url': objectStoreUrl(model, environment, 'backups'),
    'smtp-from': `bank@${model.settings.domain}`,
    'sms-enabled': String(environment.stage === 'production'),
    'bank-config': model.settings.bankConfig[environment.stage],
    revision: revisionOf(model, environment),
    'time-zone': model.settings.timeZone,
    'log-level': environment.stage === 'dev' ? 'debug' : 'info',
  };
}
