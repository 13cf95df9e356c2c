/** The core's configuration, from the environment, parsed once. Names are Apache Fineract's where it has one. */
import { ConfigError, type Environment, parseEnv, parsePostgresUrl } from '@fineract-gitops/config';
import type { DatabaseAddress } from '@fineract-gitops/db';
import Type from 'typebox';
import type { InstanceModes } from './kernel/instance-mode.ts';

const schema = Type.Object({
  FINERACT_SERVER_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8443 }),
  FINERACT_SERVER_HOST: Type.String({ default: '127.0.0.1' }),
  FINERACT_MODE_READ_ENABLED: Type.Boolean({ default: true }),
  FINERACT_MODE_WRITE_ENABLED: Type.Boolean({ default: true }),
  FINERACT_MODE_BATCH_MANAGER_ENABLED: Type.Boolean({ default: true }),
  FINERACT_MODE_BATCH_WORKER_ENABLED: Type.Boolean({ default: true }),
  FINERACT_HIKARI_JDBC_URL: Type.String({ examples: ['jdbc:postgresql://127.0.0.1:5432/fineract_tenants'] }),
  FINERACT_HIKARI_USERNAME: Type.Optional(Type.String()),
  FINERACT_HIKARI_PASSWORD: Type.Optional(Type.String()),
  FINERACT_HIKARI_MAXIMUM_POOL_SIZE: Type.Integer({ minimum: 2, maximum: 200, default: 10 }),
  FINERACT_DEFAULT_TENANTDB_IDENTIFIER: Type.String({
    default: 'default',
    pattern: '^[A-Za-z0-9_-]{1,100}$',
  }),
  FINERACT_DEFAULT_TENANTDB_NAME: Type.String({ default: 'fineract_default' }),
  FINERACT_DEFAULT_TENANTDB_TIMEZONE: Type.String({ default: 'UTC' }),
  FINERACT_BOOTSTRAP_ADMIN_USERNAME: Type.Optional(Type.String()),
  FINERACT_BOOTSTRAP_ADMIN_PASSWORD: Type.Optional(Type.String()),
  FINERACT_SECURITY_BASICAUTH_ENABLED: Type.Boolean({ default: true }),
  BATCH_CONCURRENCY: Type.Integer({ minimum: 1, maximum: 64, default: 4 }),
  BATCH_LEASE_SECONDS: Type.Integer({ minimum: 1, maximum: 3600, default: 20 }),
  OIDC_ISSUER: Type.Optional(Type.String({ examples: ['http://localhost:8081/realms/fineract'] })),
  OIDC_JWKS_URL: Type.Optional(Type.String()),
  OIDC_AUDIENCE: Type.String({ default: 'fineract-api' }),
  REDIS_URL: Type.Optional(Type.String()),
  KAFKA_BROKERS: Type.Optional(Type.Array(Type.String())),
  OBJECTS_URL: Type.String({ default: 'file:///var/lib/fineract/objects' }),
  SMTP_URL: Type.Optional(Type.String()),
  SMTP_FROM: Type.String({ default: 'bank@example.org' }),
  SMS_ENABLED: Type.Boolean({ default: false }),
  SNS_ENDPOINT: Type.Optional(Type.String()),
  AWS_REGION: Type.String({ default: 'us-east-2' }),
  BUILD_REVISION: Type.String({ default: 'local' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  TEST_HEADERS_ENABLED: Type.Boolean({ default: false }),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly modes: InstanceModes;
  readonly registry: DatabaseAddress;
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
  readonly revision: string;
  readonly logLevel: string;
  readonly testHeaders: boolean;
}

/** @throws ConfigError with every problem at once */
export function readConfig(env: Environment = process.env): Config {
  const vars = parseEnv(schema, env);
  const { FINERACT_BOOTSTRAP_ADMIN_USERNAME: username, FINERACT_BOOTSTRAP_ADMIN_PASSWORD: password } = vars;
  const issuer = vars.OIDC_ISSUER;
  return {
    host: vars.FINERACT_SERVER_HOST,
    port: vars.FINERACT_SERVER_PORT,
    modes: readModes(vars),
    registry: readRegistry(vars),
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
    revision: vars.BUILD_REVISION,
    logLevel: vars.LOG_LEVEL,
    testHeaders: vars.TEST_HEADERS_ENABLED,
  };
}

type Vars = ReturnType<typeof parseEnv<typeof schema>>;

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

function readRegistry(vars: Vars): DatabaseAddress {
  const address = parsePostgresUrl(vars.FINERACT_HIKARI_JDBC_URL, 'FINERACT_HIKARI_JDBC_URL');
  const user = vars.FINERACT_HIKARI_USERNAME ?? address.username;
  const password = vars.FINERACT_HIKARI_PASSWORD ?? address.password;
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}
