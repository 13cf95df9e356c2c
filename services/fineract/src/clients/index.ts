import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { createClient } from './commands/create-client.ts';
export { statusOption } from './rules.ts';

export const clients: Domain = { name: 'clients', commands, queries };
