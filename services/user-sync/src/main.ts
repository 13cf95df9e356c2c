import { createLogger, installShutdown } from '@fineract-gitops/telemetry';
import { buildUserSync } from './app.ts';
import { readConfig } from './config.ts';

/** Starts user sync from the environment; a start that fails says why and exits with 1. */
async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ service: 'user-sync', level: config.logLevel });
  const server = await buildUserSync(config, logger);
  installShutdown({ logger, close: () => server.close() });
  await server.listen({ port: config.port, host: config.host });
  logger.info({ realm: config.keycloak.realm }, 'ready');
}

main().catch((error: Error) => {
  process.stderr.write(`user-sync could not start: ${error.message}\n`);
  setImmediate(() => process.exit(1));
});
