import { type Environment, parseEnv, variable } from '@fineract-gitops/config';

const variables = {
  USER_SYNC_PORT: variable.integer({
    minimum: 0,
    maximum: 65535,
    default: 8083,
    description: 'Where it listens',
  }),
  USER_SYNC_HOST: variable.text({ default: '127.0.0.1' }),
  USER_SYNC_TOKEN: variable.text({ minLength: 16, description: 'What the write instance must show' }),
  KEYCLOAK_URL: variable.text({
    pattern: /^https?:\/\/[^?#]+$/,
    example: 'http://keycloak-service:8080',
    description: 'Keycloak, or the embedded identity service',
  }),
  KEYCLOAK_REALM: variable.text({ default: 'fineract', pattern: /^[A-Za-z0-9_-]+$/ }),
  OIDC_CLIENT_ID: variable.text({ default: 'fineract-user-sync' }),
  OIDC_CLIENT_SECRET: variable.text({ minLength: 16 }),
  LOG_LEVEL: variable.text({ default: 'info', pattern: /^(trace|debug|info|warn|error|fatal|silent)$/ }),
};

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly token: string;
  readonly keycloak: KeycloakAddress;
  readonly logLevel: string;
}

export interface KeycloakAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly realm: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * User sync's configuration from environment variables.
 * @throws ConfigError naming every problem
 */
export function readConfig(env: Environment = process.env): Config {
  const values = parseEnv(variables, env);
  return {
    port: values.USER_SYNC_PORT,
    host: values.USER_SYNC_HOST,
    token: values.USER_SYNC_TOKEN,
    keycloak: {
      url: values.KEYCLOAK_URL.replace(/\/+$/, ''),
      realm: values.KEYCLOAK_REALM,
      clientId: values.OIDC_CLIENT_ID,
      clientSecret: values.OIDC_CLIENT_SECRET,
    },
    logLevel: values.LOG_LEVEL,
  };
}
