import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { type Journal, postJournal, postJournals } from './commands/post-journal.ts';
export { detailAccountOptions } from './queries/gl-accounts.ts';
export { GlType, GlUsage } from './rules.ts';

export const accounting: Domain = { name: 'accounting', commands, queries };
