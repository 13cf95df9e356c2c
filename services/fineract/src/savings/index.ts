import type { Domain } from '../kernel/index.ts';
import { accountCommands, accountQueries } from './routes/accounts.ts';
import { productCommands, productQueries } from './routes/products.ts';
import { transactionCommands, transactionQueries } from './routes/transactions.ts';

export { listSavingsOfClient } from './queries/accounts.ts';

export const savings: Domain = {
  name: 'savings',
  commands: [...productCommands, ...accountCommands, ...transactionCommands],
  queries: [...productQueries, ...accountQueries, ...transactionQueries],
};
