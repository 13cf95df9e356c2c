import { type Environment, parseEnv, parsePostgresUrl, variable } from '@fineract-gitops/config';
import type { DatabaseAddress } from '@fineract-gitops/db';

const variables = {
  IDENTITY_PORT: variable.integer({
    minimum: 0,
    maximum: 65535,
    default: 8081,
    description: 'Where it listens',
  }),
  IDENTITY_HOST: variable.text({ default: '127.0.0.1' }),
  IDENTITY_ISSUER: variable.text({
    pattern: /^https?:\/\/[^/?#]+\/realms\/[A-Za-z0-9_-]+$/,
    example: 'http://localhost:8081/realms/fineract',
    description: 'The realm as browsers and services see it',
  }),
  IDENTITY_REALM_FILE: variable.text({
    minLength: 1,
    example: 'deploy/apps/keycloak/realm/realm-fineract.json',
    description: 'The realm in the export format of Keycloak',
  }),
  IDENTITY_DATABASE_URL: variable.text({
    minLength: 1,
    example: 'postgres://identity:secret@127.0.0.1:5432/identity',
  }),
  LOG_LEVEL: variable.text({ default: 'info', pattern: /^(trace|debug|info|warn|error|fatal|silent)$/ }),
};

export type Config = {
  port: number;
  host: string;
  issuer: string;
  realmFile: string;
  database: DatabaseAddress;
  logLevel: string;
  /** Values for the `${NAME}` placeholders of the realm file. */
  placeholders: Environment;
};

/**
 * The identity service's configuration from environment variables.
 * @throws ConfigError naming every problem
 */
export function readConfig(env: Environment = process.env): Config {
  const values = parseEnv(variables, env);
  const { username, ...address } = parsePostgresUrl(values.IDENTITY_DATABASE_URL, 'IDENTITY_DATABASE_URL');
  return {
    port: values.IDENTITY_PORT,
    host: values.IDENTITY_HOST,
    issuer: values.IDENTITY_ISSUER,
    realmFile: values.IDENTITY_REALM_FILE,
    database: { ...address, ...(username === undefined ? {} : { user: username }) },
    logLevel: values.LOG_LEVEL,
    placeholders: env,
  };
}
