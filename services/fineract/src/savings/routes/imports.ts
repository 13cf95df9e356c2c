/** HTTP shape of taking over a bank's history. Not Apache Fineract's: its own import takes spreadsheets. */
import { type CommandResult, command, query } from '../../kernel/index.ts';
import { importAccounts } from '../commands/import-accounts.ts';
import { type ImportedTransactions, importTransactions } from '../commands/import-transactions.ts';
import { importAccountsBody, importTransactionsBody } from '../import-bodies.ts';
import { countTransactions } from '../metrics.ts';
import { dailyBalances } from '../queries/daily-balances.ts';
import type { TransactionTypeId } from '../rules/transaction-type.ts';
import { grouping } from './shared.ts';

const shared = {
  method: 'POST',
  action: 'IMPORT',
  grouping,
  aggregateId: () => 'import',
  bodyLimitBytes: 8 * 1024 * 1024,
} as const;

export const importCommands = [
  command({
    ...shared,
    path: '/imports/savingsaccounts',
    entity: 'SAVINGSACCOUNT',
    summary:
      'Open up to 2,000 active accounts at once: all rows or none; problems name their row (`rows[12].externalId`); rows that are already there with the same content are skipped',
    body: importAccountsBody,
    event: 'savingsimport.accounts-opened',
    run: importAccounts,
  }),
  command({
    ...shared,
    path: '/imports/savingstransactions',
    entity: 'SAVINGSTRANSACTION',
    summary:
      'Write up to 2,000 transactions of the past at once, with balances and journals: all rows or none; problems name their row; rows that are already there with the same content are skipped; rows that overdraw are written and listed as `overdrawn`',
    body: importTransactionsBody,
    event: 'savingsimport.transactions-written',
    invalidates: (result) => imported(result).savingsIds.map((id) => `savingsaccounts:${id}`),
    run: importTransactions,
    committed: (result) => {
      for (const [type, number] of Object.entries(imported(result).byType))
        countTransactions(Number(type) as TransactionTypeId, number);
    },
  }),
];

function imported(result: CommandResult): ImportedTransactions {
  return result as ImportedTransactions;
}

export const importQueries = [
  query({
    path: '/imports/savingsdailybalances',
    summary:
      'End-of-day balances by account, to reconcile an import: `limit` accounts (500 unless said, 5,000 at most) after `afterId`, each with every day it moved; go on with `nextAfterId` until there is none',
    grouping,
    permission: 'READ_SAVINGSACCOUNT',
    parameters: ['afterId', 'limit'],
    run: dailyBalances,
  }),
];
