import { createLogger, installShutdown } from '@fineract-gitops/telemetry';
import { readConfig } from './config.ts';
import { startInbox } from './inbox.ts';

const config = readConfig();
const logger = createLogger({ service: 'inbox', level: config.LOG_LEVEL });
const inbox = await startInbox(config, logger);
installShutdown({ logger, close: inbox.close });
logger.info({ httpPort: inbox.httpPort, smtpPort: inbox.smtpPort }, 'ready');
