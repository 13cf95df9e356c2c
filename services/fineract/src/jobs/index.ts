import type { Domain } from '../kernel/index.ts';
import { purgeExternalEvents } from './purge-external-events.ts';
import { purgeProcessedCommands } from './purge-processed-commands.ts';
import { commands, queries } from './routes.ts';

export const jobs: Domain = {
  name: 'jobs',
  commands,
  queries,
  jobs: [purgeExternalEvents, purgeProcessedCommands],
};
