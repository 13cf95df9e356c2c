import { fileURLToPath } from 'node:url';
import { createDatabase, migrate } from '@fineract-gitops/db';
import { createLogger, installShutdown } from '@fineract-gitops/telemetry';
import { buildIdentity } from './app.ts';
import { readConfig } from './config.ts';
import { readRealm } from './realm/realm-file.ts';

const POOL_SIZE_MAX = 8;
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** Starts the identity service from the environment; a start that fails says why and exits with 1. */
async function main(): Promise<void> {
  const config = readConfig();
  const realm = await readRealm(config.realmFile, config.placeholders);
  const logger = createLogger({ service: 'identity', level: config.logLevel });
  await migrate(config.database, migrations);
  const database = createDatabase({
    ...config.database,
    applicationName: 'identity',
    poolSizeMax: POOL_SIZE_MAX,
    onError: (error) => logger.warn({ err: error }, 'a database connection was lost'),
  });
  const server = await buildIdentity({ realm, issuer: config.issuer, database, logger });
  const close = async () => {
    await server.close();
    await database.close();
  };
  installShutdown({ logger, close });
  await server.listen({ port: config.port, host: config.host });
  logger.info({ issuer: config.issuer }, 'ready');
}

main().catch((error: Error) => {
  process.stderr.write(`identity could not start: ${error.message}\n`);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});
