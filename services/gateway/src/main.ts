import { createLogger, installShutdown } from '@fineract-gitops/telemetry';
import { buildGateway } from './app.ts';
import { readConfig } from './config.ts';

/** Starts the gateway from the environment; a start that fails says why and exits with 1. */
async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ service: 'gateway', level: config.logLevel });
  const server = await buildGateway(config, logger);
  installShutdown({ logger, close: () => server.close() });
  await server.listen({ port: config.port, host: config.host });
  logger.info({ publicUrl: config.publicOrigin }, 'ready');
}

main().catch((error: Error) => {
  process.stderr.write(`gateway could not start: ${error.message}\n`);
  setImmediate(() => process.exit(1));
});
