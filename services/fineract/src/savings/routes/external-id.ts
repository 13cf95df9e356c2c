/** The same operations on an account under the id that another system gave it. */
import type { AnyCommand, AnyQuery } from '../../kernel/index.ts';
import { byOwnId } from '../queries/by-own-id.ts';
import { accountCommands, accountQueries } from './accounts.ts';
import { accountPath } from './shared.ts';

const path = '/savingsaccounts/external-id/:externalId';

export const externalIdCommands: AnyCommand[] = accountCommands
  .filter((declaration) => declaration.path === accountPath)
  .map((declaration) => ({
    ...declaration,
    path,
    run: async (context, input) => declaration.run(context, await byOwnId(context.tx, input)),
  }));

export const externalIdQueries: AnyQuery[] = accountQueries
  .filter((declaration) => declaration.path === accountPath)
  .map(({ cacheKey: _byOwnId, ...declaration }) => ({
    ...declaration,
    path,
    run: async (context, input) => declaration.run(context, await byOwnId(context.db, input)),
  }));
