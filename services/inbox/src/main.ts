import { createLogger, installShutdown } from '@fineract-gitops/telemetry';
import { readConfig } from './config.ts';
import { startInbox } from './inbox.ts';

/** Starts the inbox from the environment; a start that fails says why and exits with 1. */
async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ service: 'inbox', level: config.LOG_LEVEL });
  const inbox = await startInbox(config, logger);
  installShutdown({ logger, close: inbox.close });
  logger.info({ httpPort: inbox.httpPort, smtpPort: inbox.smtpPort }, 'ready');
}

main().catch((error: Error) => {
  process.stderr.write(`inbox could not start: ${error.message}\n`);
  setImmediate(() => process.exit(1));
});
