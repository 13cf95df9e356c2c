import { fileURLToPath } from 'node:url';
import { parsePostgresUrl } from '@fineract-gitops/config';
import { createDatabase, type Database, migrate } from '@fineract-gitops/db';
import { freePort } from '@fineract-gitops/local-postgres';
import { createLogger } from '@fineract-gitops/telemetry';
import { buildIdentity } from '../app.ts';
import { readRealm } from '../realm/realm-file.ts';
import type { Realm } from '../realm/schema.ts';

export const realmFile = fileURLToPath(
  new URL('../../../../deploy/apps/keycloak/realm/realm-fineract.json', import.meta.url),
);
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

export const gatewaySecret = 'a gateway secret for tests';
export const userSyncSecret = 'a user sync secret for tests';
export const demoPassword = 'correct horse battery';

export type TestIdentity = {
  issuer: string;
  endpoint: (name: string) => string;
  database: Database;
  realm: Realm;
  logLines: string[];
  close: () => Promise<void>;
};

export type TestIdentityOptions = {
  databaseUrl: string;
  gatewayUrl?: string;
  port?: number;
  change?: Partial<Realm>;
};

/** The identity service on a real database and a loopback port, in this process so that its clock can be moved. */
export async function startTestIdentity(options: TestIdentityOptions): Promise<TestIdentity> {
  const { databaseUrl, gatewayUrl = 'http://localhost:9999', change = {} } = options;
  const address = parsePostgresUrl(databaseUrl, 'databaseUrl');
  const login = { ...address, user: address.username ?? '', password: address.password ?? '' };
  await migrate(login, migrations);
  const database = createDatabase({ ...login, applicationName: 'identity-test', poolSizeMax: 4 });
  const port = options.port ?? (await freePort());
  const issuer = `http://localhost:${port}/realms/fineract`;
  const file = await readRealm(realmFile, {
    GATEWAY_PUBLIC_URL: gatewayUrl,
    GATEWAY_CLIENT_SECRET: gatewaySecret,
    USER_SYNC_CLIENT_SECRET: userSyncSecret,
    DEMO_PASSWORD: demoPassword,
  });
  const realm = { ...file, ...change };
  const logLines: string[] = [];
  const destination = { write: (line: string) => void logLines.push(line) };
  const logger = createLogger({ service: 'identity', level: 'info', destination });
  const server = await buildIdentity({ realm, issuer, database, logger });
  await server.listen({ port, host: 'localhost' });
  const close = async () => {
    await server.close();
    await database.close();
  };
  return {
    issuer,
    endpoint: (name) => `${issuer}/protocol/openid-connect/${name}`,
    database,
    realm,
    logLines,
    close,
  };
}
