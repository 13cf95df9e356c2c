/** What a bank that arrives with its history may send. */
import { body, f } from '../kernel/index.ts';

/** More rows would hold locks and memory for too long; the sender splits. */
export const IMPORT_ROWS_MAX = 2_000;

const savingsAccountRow = f.object({
  externalId: f.text({ required: true, maxLength: 100 }),
  clientExternalId: f.text({ required: true, maxLength: 100 }),
  productId: f.id(),
  productShortName: f.text({ maxLength: 4 }),
  submittedOnDate: f.date(),
  activatedOnDate: f.date({ required: true }),
});

export const importAccountsBody = body('import', {
  rows: f.list(savingsAccountRow, { required: true, maxLength: IMPORT_ROWS_MAX }),
});
export type ImportAccounts = (typeof importAccountsBody)['fields'];

const savingsTransactionRow = f.object({
  externalId: f.text({ required: true, maxLength: 100 }),
  accountExternalId: f.text({ required: true, maxLength: 100 }),
  date: f.date({ required: true }),
  type: f.text({ required: true, oneOf: ['deposit', 'withdrawal', 'interest', 'fee'] }),
  amount: f.amount({ required: true, sign: 'positive' }),
  note: f.text({ maxLength: 1000 }),
});

export const importTransactionsBody = body('import', {
  rows: f.list(savingsTransactionRow, { required: true, maxLength: IMPORT_ROWS_MAX }),
});
export type ImportTransactions = (typeof importTransactionsBody)['fields'];
