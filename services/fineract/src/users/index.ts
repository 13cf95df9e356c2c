import type { Domain } from '../kernel/index.ts';
import { roleCommands, roleQueries } from './routes/roles.ts';
import { userCommands, userQueries } from './routes/users.ts';

export { userOptions } from './queries/users.ts';
export { createUserSync } from './sync/index.ts';

export const users: Domain = {
  name: 'users',
  commands: [...userCommands, ...roleCommands],
  queries: [...userQueries, ...roleQueries],
};
