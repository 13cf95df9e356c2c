/** The core's configuration, from the environment, parsed once. Names are Apache Fineract's where it has one. */
import {
  ConfigError,
  type Environment,
  parseEnv,
  parsePostgresUrl,
  type ValuesOf,
  variable,
} from '@fineract-gitops/config';
import type { DatabaseAddress } from '@fineract-gitops/db';
import type { InstanceModes } from './kernel/instance-mode.ts';

const variables = {
  FINERACT_SERVER_PORT: variable.integer({ minimum: 0, maximum: 65_535, default: 8443 }),
  FINERACT_SERVER_HOST: variable.text({ default: '127.0.0.1' }),
  FINERACT_MODE_READ_ENABLED: variable.flag({ default: true }),
  FINERACT_MODE_WRITE_ENABLED: variable.flag({ default: true }),
  FINERACT_MODE_BATCH_MANAGER_ENABLED: variable.flag({ default: true }),
  FINERACT_MODE_BATCH_WORKER_ENABLED: variable.flag({ default: true }),
  FINERACT_HIKARI_JDBC_URL: variable.text({ example: 'jdbc:postgresql://127.0.0.1:5432/fineract_tenants' }),
  FINERACT_HIKARI_USERNAME: variable.optional(variable.text()),
  FINERACT_HIKARI_PASSWORD: variable.optional(variable.text()),
  FINERACT_HIKARI_MAXIMUM_POOL_SIZE: variable.integer({ minimum: 2, maximum: 200, default: 10 }),
  FINERACT_DEFAULT_TENANTDB_IDENTIFIER: variable.text({
    default: 'default',
    pattern: /^[A-Za-z0-9_-]{1,100}$/,
  }),
  FINERACT_DEFAULT_TENANTDB_NAME: variable.text({ default: 'fineract_default' }),
  FINERACT_DEFAULT_TENANTDB_TIMEZONE: variable.text({ default: 'UTC' }),
  FINERACT_DEFAULT_TENANTDB_RO_HOSTNAME: variable.optional(
    variable.text({ description: 'PostgreSQL that read instances read from' }),
  ),
  FINERACT_DEFAULT_TENANTDB_RO_PORT: variable.optional(variable.integer({ minimum: 1, maximum: 65_535 })),
  FINERACT_BOOTSTRAP_ADMIN_USERNAME: variable.optional(variable.text()),
  FINERACT_BOOTSTRAP_ADMIN_PASSWORD: variable.optional(variable.text()),
  FINERACT_SECURITY_BASICAUTH_ENABLED: variable.flag({ default: true }),
  BATCH_CONCURRENCY: variable.integer({ minimum: 1, maximum: 64, default: 4 }),
  BATCH_LEASE_SECONDS: variable.integer({ minimum: 1, maximum: 3600, default: 20 }),
  OIDC_ISSUER: variable.optional(variable.text({ example: 'http://localhost:8081/realms/fineract' })),
  OIDC_JWKS_URL: variable.optional(variable.text()),
  OIDC_AUDIENCE: variable.text({ default: 'fineract-api' }),
  REDIS_URL: variable.optional(variable.text()),
  KAFKA_BROKERS: variable.optional(variable.list()),
  OBJECTS_URL: variable.text({ default: 'file:///var/lib/fineract/objects' }),
  SMTP_URL: variable.optional(variable.text()),
  SMTP_FROM: variable.text({ default: 'bank@example.org' }),
  SMS_ENABLED: variable.flag({ default: false }),
  SNS_ENDPOINT: variable.optional(variable.text()),
  AWS_REGION: variable.text({ default: 'us-east-2' }),
  USER_SYNC_URL: variable.optional(
    variable.text({ pattern: /^https?:\/\/[^?#]+$/, example: 'http://user-sync-service:8080' }),
  ),
  USER_SYNC_TOKEN: variable.optional(variable.text({ minLength: 16 })),
  BUILD_REVISION: variable.text({ default: 'local' }),
  LOG_LEVEL: variable.text({ default: 'info' }),
  TEST_HEADERS_ENABLED: variable.flag({ default: false }),
};

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly modes: InstanceModes;
  readonly registry: DatabaseAddress;
  /** Where instances that only read find the tenants' databases, when it is another server than the registry's. */
  readonly replica: { readonly host: string; readonly port: number } | null;
  readonly poolSizeMax: number;
  readonly defaultTenant: {
    readonly identifier: string;
    readonly database: string;
    readonly timeZone: string;
  };
  readonly bootstrapAdmin: { readonly username: string; readonly password: string } | null;
  /** How many steps of jobs run at the same time here, and how long a silent worker counts as alive. */
  readonly batch: { readonly concurrency: number; readonly leaseSeconds: number };
  readonly basicAuth: boolean;
  readonly oidc: { readonly issuer: string; readonly jwksUrl: string; readonly audience: string } | null;
  readonly redisUrl: string | undefined;
  readonly kafkaBrokers: readonly string[];
  readonly objectsUrl: string;
  readonly mail: { readonly url: string; readonly from: string } | null;
  readonly sms: { readonly endpoint: string | undefined; readonly region: string } | null;
  /** Who keeps the identity provider in step with the default tenant's users. */
  readonly userSync: { readonly url: string; readonly token: string } | null;
  readonly revision: string;
  readonly logLevel: string;
  readonly testHeaders: boolean;
}

/** @throws ConfigError with every problem at once */
export function readConfig(env: Environment = process.env): Config {
  const vars = parseEnv(variables, env);
  const { FINERACT_BOOTSTRAP_ADMIN_USERNAME: username, FINERACT_BOOTSTRAP_ADMIN_PASSWORD: password } = vars;
  const issuer = vars.OIDC_ISSUER;
  const registry = readRegistry(vars);
  return {
    host: vars.FINERACT_SERVER_HOST,
    port: vars.FINERACT_SERVER_PORT,
    modes: readModes(vars),
    registry,
    replica: readReplica(vars, registry),
    poolSizeMax: vars.FINERACT_HIKARI_MAXIMUM_POOL_SIZE,
    defaultTenant: {
      identifier: vars.FINERACT_DEFAULT_TENANTDB_IDENTIFIER,
      database: vars.FINERACT_DEFAULT_TENANTDB_NAME,
      timeZone: vars.FINERACT_DEFAULT_TENANTDB_TIMEZONE,
    },
    bootstrapAdmin: username && password ? { username, password } : null,
    batch: { concurrency: vars.BATCH_CONCURRENCY, leaseSeconds: vars.BATCH_LEASE_SECONDS },
    basicAuth: vars.FINERACT_SECURITY_BASICAUTH_ENABLED,
    oidc: issuer
      ? {
          issuer,
          jwksUrl: vars.OIDC_JWKS_URL ?? `${issuer}/protocol/openid-connect/certs`,
          audience: vars.OIDC_AUDIENCE,
        }
      : null,
    redisUrl: vars.REDIS_URL,
    kafkaBrokers: vars.KAFKA_BROKERS ?? [],
    objectsUrl: vars.OBJECTS_URL,
    mail: vars.SMTP_URL ? { url: vars.SMTP_URL, from: vars.SMTP_FROM } : null,
    sms: vars.SMS_ENABLED ? { endpoint: vars.SNS_ENDPOINT, region: vars.AWS_REGION } : null,
    userSync: readUserSync(vars),
    revision: vars.BUILD_REVISION,
    logLevel: vars.LOG_LEVEL,
    testHeaders: vars.TEST_HEADERS_ENABLED,
  };
}

type Vars = ValuesOf<typeof variables>;

function readModes(vars: Vars): InstanceModes {
  const modes = {
    read: vars.FINERACT_MODE_READ_ENABLED,
    write: vars.FINERACT_MODE_WRITE_ENABLED,
    batchManager: vars.FINERACT_MODE_BATCH_MANAGER_ENABLED,
    batchWorker: vars.FINERACT_MODE_BATCH_WORKER_ENABLED,
  };
  if (Object.values(modes).some(Boolean)) return modes;
  throw new ConfigError([
    {
      variable: 'FINERACT_MODE_*_ENABLED',
      problem: 'are all false',
      expected: 'at least one mode switched on',
    },
  ]);
}

function readUserSync({ USER_SYNC_URL: url, USER_SYNC_TOKEN: token }: Vars): Config['userSync'] {
  if (url === undefined) return null;
  if (token !== undefined) return { url: url.replace(/\/+$/, ''), token };
  throw new ConfigError([
    {
      variable: 'USER_SYNC_TOKEN',
      problem: 'is missing',
      expected: 'the token of user sync, which USER_SYNC_URL names',
    },
  ]);
}

function readRegistry(vars: Vars): DatabaseAddress {
  const { host, port, database, username, password, tls } = parsePostgresUrl(
    vars.FINERACT_HIKARI_JDBC_URL,
    'FINERACT_HIKARI_JDBC_URL',
  );
  return {
    host,
    port,
    database,
    ...credentials(vars.FINERACT_HIKARI_USERNAME ?? username, vars.FINERACT_HIKARI_PASSWORD ?? password),
    ...(tls === undefined ? {} : { tls }),
  };
}

function credentials(user: string | undefined, password: string | undefined) {
  return { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
}

function readReplica(vars: Vars, registry: DatabaseAddress): Config['replica'] {
  const host = vars.FINERACT_DEFAULT_TENANTDB_RO_HOSTNAME;
  if (host === undefined) return null;
  return { host, port: vars.FINERACT_DEFAULT_TENANTDB_RO_PORT ?? registry.port };
}
