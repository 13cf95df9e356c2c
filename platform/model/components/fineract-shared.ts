/** What the three Fineract instances and the migration share: they are one program with one configuration. */

import { secret } from '../secrets.ts';
import type { Engine, Env, Mount, Ports, Probes } from '../types.ts';

/** The modes of Fineract's own documentation; an instance may take more than one. */
export interface Modes {
  readonly read: boolean;
  readonly write: boolean;
  readonly batch: boolean;
}

const flag = (name: string, on: boolean): Env => ({ name, value: String(on) });

const apacheEngine: Engine = 'apache-fineract';
const ownEngine: Engine = 'fineract-ts';

/** Which of Fineract's four mode switches are on. */
export function modeEnv({ read, write, batch }: Modes): readonly Env[] {
  return [
    flag('FINERACT_MODE_READ_ENABLED', read),
    flag('FINERACT_MODE_WRITE_ENABLED', write),
    flag('FINERACT_MODE_BATCH_MANAGER_ENABLED', batch),
    flag('FINERACT_MODE_BATCH_WORKER_ENABLED', batch),
  ];
}

/** Connection to the tenant store; the role is the same for every tenant. */
export const databaseEnv: readonly Env[] = [
  { name: 'FINERACT_HIKARI_JDBC_URL', config: 'database-url' },
  { name: 'FINERACT_HIKARI_USERNAME', secret: secret('db-credentials', 'username') },
  { name: 'FINERACT_HIKARI_PASSWORD', secret: secret('db-credentials', 'password') },
  { name: 'FINERACT_DEFAULT_TENANTDB_IDENTIFIER', value: 'default' },
  { name: 'FINERACT_DEFAULT_TENANTDB_NAME', value: 'fineract_default' },
  { name: 'FINERACT_DEFAULT_TENANTDB_TIMEZONE', config: 'time-zone' },
  {
    name: 'FINERACT_DEFAULT_TENANTDB_MASTER_PASSWORD',
    secret: secret('tenant-master-password', 'password'),
    engine: apacheEngine,
  },
  // A tenant without one of its own falls back to this one, whose default is public knowledge.
  {
    name: 'FINERACT_DEFAULT_MASTER_PASSWORD',
    secret: secret('tenant-master-password', 'password'),
    engine: apacheEngine,
  },
  // The official engine starts out for MariaDB.
  { name: 'FINERACT_HIKARI_DRIVER_SOURCE_CLASS_NAME', value: 'org.postgresql.Driver', engine: apacheEngine },
  { name: 'FINERACT_DEFAULT_TENANTDB_HOSTNAME', config: 'database-host', engine: apacheEngine },
  { name: 'FINERACT_DEFAULT_TENANTDB_PORT', value: '5432', engine: apacheEngine },
  { name: 'FINERACT_DEFAULT_TENANTDB_CONN_PARAMS', config: 'database-parameters', engine: apacheEngine },
  { name: 'FINERACT_DEFAULT_TENANTDB_RO_HOSTNAME', config: 'database-read-host' },
  { name: 'FINERACT_DEFAULT_TENANTDB_RO_PORT', value: '5432' },
  {
    name: 'FINERACT_DEFAULT_TENANTDB_UID',
    secret: secret('db-credentials', 'username'),
    engine: apacheEngine,
  },
  {
    name: 'FINERACT_DEFAULT_TENANTDB_PWD',
    secret: secret('db-credentials', 'password'),
    engine: apacheEngine,
  },
];

/** The cache; the order matters, for the URL expands the password that stands before it. */
export const redisEnv: readonly Env[] = [
  { name: 'REDIS_PASSWORD', secret: secret('redis-password', 'password'), needs: 'redis' },
  { name: 'REDIS_URL', value: 'redis://:$(REDIS_PASSWORD)@redis-service:6379', needs: 'redis' },
];

/** Access to the object store: keys only where the provider has no workload identity. */
export const objectStoreEnv: readonly Env[] = [
  { name: 'OBJECTS_URL', config: 'objects-url', engine: ownEngine },
];

/** Configuration of a serving instance. */
export function instanceEnv(modes: Modes): readonly Env[] {
  return [
    { name: 'FINERACT_SERVER_HOST', value: '0.0.0.0', engine: ownEngine },
    { name: 'FINERACT_SERVER_PORT', value: '8080' },
    { name: 'FINERACT_SERVER_SSL_ENABLED', value: 'false', engine: apacheEngine },
    { name: 'FINERACT_LIQUIBASE_ENABLED', value: 'false', engine: apacheEngine },
    { name: 'FINERACT_SECURITY_BASICAUTH_ENABLED', value: 'false', engine: apacheEngine },
    // Jobs of the cluster sign in as a service user; from outside, only the gateway reaches an instance.
    { name: 'FINERACT_SECURITY_BASICAUTH_ENABLED', value: 'true', engine: ownEngine },
    { name: 'FINERACT_SERVER_OAUTH_RESOURCE_URL', config: 'oidc-issuer', engine: apacheEngine },
    { name: 'FINERACT_SECURITY_OAUTH_ENABLED', value: 'true', engine: apacheEngine },
    {
      name: 'SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI',
      config: 'oidc-jwks-url',
      engine: apacheEngine,
    },
    ...modeEnv(modes),
    ...databaseEnv,
    ...redisEnv.map((env) => ({ ...env, engine: ownEngine })),
    { name: 'KAFKA_BROKERS', value: 'kafka-service:9092', needs: 'kafka', engine: ownEngine },
    { name: 'OIDC_ISSUER', config: 'oidc-issuer', engine: ownEngine },
    { name: 'OIDC_JWKS_URL', config: 'oidc-jwks-url', engine: ownEngine },
    { name: 'OIDC_AUDIENCE', config: 'oidc-audience', engine: ownEngine },
    ...objectStoreEnv,
    // Off unless asked for; the buckets are what quantiles are made of.
    { name: 'FINERACT_MANAGEMENT_PROMETHEUS_ENABLED', value: 'true', engine: apacheEngine },
    {
      name: 'FINERACT_MANAGEMENT_METRICS_DISTRIBUTION_HTTP_SERVER_REQUESTS',
      value: 'true',
      engine: apacheEngine,
    },
    { name: 'BUILD_REVISION', config: 'revision', engine: ownEngine },
    { name: 'LOG_LEVEL', config: 'log-level' },
  ];
}

export const fineractPorts = { http: { number: 8080 } } as const satisfies Ports;

export const fineractProbes = {
  live: { path: '/fineract-provider/actuator/health/liveness', port: 'http' },
  ready: { path: '/fineract-provider/actuator/health/readiness', port: 'http' },
  startSeconds: 300,
} as const satisfies Probes;

export const fineractMetrics = { port: 'http', path: '/fineract-provider/actuator/prometheus' } as const;

/** Scratch space for uploads and reports in the making, and the authority that signed the database's certificate. */
export const fineractMounts: readonly Mount[] = [
  { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 512 },
  { kind: 'secret', name: 'postgresql-ca', path: '/etc/postgresql-ca' },
];
