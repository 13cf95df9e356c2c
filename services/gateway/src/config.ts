import {
  ConfigError,
  type ConfigProblem,
  type Environment,
  parseEnv,
  type ValuesOf,
  variable,
} from '@fineract-gitops/config';

const url = (description: string, example: string) =>
  variable.text({ pattern: /^https?:\/\/[^/?#]+\/?$/, description, example });

const variables = {
  GATEWAY_PORT: variable.integer({
    minimum: 0,
    maximum: 65535,
    default: 8080,
    description: 'Where it listens',
  }),
  GATEWAY_HOST: variable.text({ default: '127.0.0.1' }),
  GATEWAY_PUBLIC_URL: url('The bank as browsers see it, without a path', 'https://fineract.example.com'),
  GATEWAY_READ_URL: url('The read instances', 'http://127.0.0.1:8443'),
  GATEWAY_WRITE_URL: url('The write instances', 'http://127.0.0.1:8444'),
  GATEWAY_BATCH_URL: url('The batch instances', 'http://127.0.0.1:8445'),
  GATEWAY_CONSOLE_DIR: variable.optional(
    variable.text({ description: 'The built console; without it there is none' }),
  ),
  GATEWAY_BASIC_AUTH_ENABLED: variable.flag({
    default: false,
    description: 'Let HTTP Basic through to the core',
  }),
  GATEWAY_TRUSTED_PROXIES: variable.list({
    default: [],
    description: 'Addresses or networks whose X-Forwarded-For is believed',
    example: '10.0.0.0/8',
  }),
  GATEWAY_UPSTREAM_TIMEOUT_SECONDS: variable.integer({ minimum: 1, maximum: 3600, default: 60 }),
  GATEWAY_SESSION_IDLE_SECONDS: variable.integer({ minimum: 60, maximum: 86_400, default: 1800 }),
  OIDC_ISSUER: variable.text({
    pattern: /^https?:\/\/[^?#]+[^/?#]$/,
    example: 'http://localhost:8081/realms/fineract',
  }),
  OIDC_CLIENT_ID: variable.text({ minLength: 1, default: 'fineract-gateway' }),
  OIDC_CLIENT_SECRET: variable.text({ minLength: 16 }),
  OIDC_AUDIENCE: variable.text({ minLength: 1, default: 'fineract-api' }),
  OIDC_JWKS_URL: variable.optional(variable.url({ description: 'Default: the certs of the issuer' })),
  SESSION_SECRET: variable.text({
    minLength: 32,
    description: 'Encrypts sessions; the same on every gateway',
  }),
  REDIS_URL: variable.optional(
    variable.text({ pattern: /^rediss?:\/\//, example: 'redis://127.0.0.1:6379' }),
  ),
  TEST_HEADERS_ENABLED: variable.flag({ default: false, description: 'Shows which instance answered' }),
  LOG_LEVEL: variable.text({ default: 'info', pattern: /^(trace|debug|info|warn|error|fatal|silent)$/ }),
};

type Values = ValuesOf<typeof variables>;
export type Config = ReturnType<typeof toConfig>;
/** The instances of the core, by what they serve. */
export type Instance = 'read' | 'write' | 'batch';

/**
 * The gateway's configuration from environment variables.
 * @throws ConfigError naming every problem
 */
export function readConfig(env: Environment = process.env): Config {
  const values = parseEnv(variables, env);
  const problems = values.GATEWAY_TRUSTED_PROXIES.filter(trustsEverybody).map(trustProblem);
  if (problems.length > 0) throw new ConfigError(problems);
  return toConfig(values);
}

function toConfig(values: Values) {
  const publicUrl = new URL(values.GATEWAY_PUBLIC_URL);
  return {
    port: values.GATEWAY_PORT,
    host: values.GATEWAY_HOST,
    publicOrigin: publicUrl.origin,
    secure: publicUrl.protocol === 'https:',
    upstreams: {
      read: values.GATEWAY_READ_URL,
      write: values.GATEWAY_WRITE_URL,
      batch: values.GATEWAY_BATCH_URL,
    } satisfies Record<Instance, string>,
    upstreamTimeoutMs: values.GATEWAY_UPSTREAM_TIMEOUT_SECONDS * 1000,
    consoleDirectory: values.GATEWAY_CONSOLE_DIR,
    basicAuthEnabled: values.GATEWAY_BASIC_AUTH_ENABLED,
    trustedProxies: values.GATEWAY_TRUSTED_PROXIES,
    sessionIdleSeconds: values.GATEWAY_SESSION_IDLE_SECONDS,
    sessionSecret: values.SESSION_SECRET,
    redisUrl: values.REDIS_URL,
    oidc: {
      issuer: values.OIDC_ISSUER,
      clientId: values.OIDC_CLIENT_ID,
      clientSecret: values.OIDC_CLIENT_SECRET,
      audience: values.OIDC_AUDIENCE,
      jwksUrl: values.OIDC_JWKS_URL ?? `${values.OIDC_ISSUER}/protocol/openid-connect/certs`,
    },
    testHeaders: values.TEST_HEADERS_ENABLED,
    logLevel: values.LOG_LEVEL,
  };
}

function trustsEverybody(network: string): boolean {
  return /^(\*|true|.*\/0+)$/i.test(network);
}

// Trusting everybody makes the header worthless: any client could say who it is.
function trustProblem(network: string): ConfigProblem {
  return {
    variable: 'GATEWAY_TRUSTED_PROXIES',
    problem: `trusts everybody (${network})`,
    expected: 'the addresses of your own proxies',
    example: '10.0.0.0/8',
  };
}
