import type { Domain } from '../kernel/index.ts';
import { postInterestJob } from './interest-job/index.ts';
import { accountCommands, accountQueries } from './routes/accounts.ts';
import { externalIdCommands, externalIdQueries } from './routes/external-id.ts';
import { importCommands, importQueries } from './routes/imports.ts';
import { productCommands, productQueries } from './routes/products.ts';
import { transactionCommands, transactionQueries } from './routes/transactions.ts';

export { hasOpenSavings, listSavingsOfClient } from './queries/accounts.ts';

export const savings: Domain = {
  name: 'savings',
  commands: [
    ...productCommands,
    ...accountCommands,
    ...transactionCommands,
    ...importCommands,
    ...externalIdCommands,
  ],
  queries: [
    ...productQueries,
    ...accountQueries,
    ...transactionQueries,
    ...importQueries,
    ...externalIdQueries,
  ],
  jobs: [postInterestJob],
};
