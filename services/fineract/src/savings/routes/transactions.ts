/** HTTP shape of money moving on savings accounts. */
import { command, query } from '../../kernel/index.ts';
import { emptyBody, holdBody, moneyBody, postInterestAsOnBody, undoBody } from '../bodies.ts';
import { deposit, holdAmount, releaseAmount, withdraw } from '../commands/move-money.ts';
import { postInterestAsOn } from '../commands/post-interest.ts';
import { undoTransaction } from '../commands/undo-transaction.ts';
import { countTransactions } from '../metrics.ts';
import {
  listTransactions,
  readTransaction,
  searchTransactions,
  transactionTemplate,
} from '../queries/transactions.ts';
import { TransactionType } from '../rules/transaction-type.ts';
import { accountPath, byAccount, countPostings, grouping, staleAccount } from './shared.ts';

const path = `${accountPath}/transactions`;
const onePath = `${path}/:transactionId`;
const permission = 'READ_SAVINGSACCOUNT';
const shared = {
  method: 'POST',
  entity: 'SAVINGSACCOUNT',
  grouping,
  aggregateId: byAccount,
  invalidates: staleAccount,
} as const;

export const transactionCommands = [
  command({
    ...shared,
    path,
    command: 'deposit',
    action: 'DEPOSIT',
    summary: 'Deposit money',
    body: moneyBody,
    event: 'savingsaccount.deposited',
    creates: true,
    run: deposit,
    committed: () => countTransactions(TransactionType.deposit),
  }),
  command({
    ...shared,
    path,
    command: 'withdrawal',
    action: 'WITHDRAWAL',
    summary: 'Withdraw money',
    body: moneyBody,
    event: 'savingsaccount.withdrawn',
    creates: true,
    run: withdraw,
    committed: () => countTransactions(TransactionType.withdrawal),
  }),
  command({
    ...shared,
    path,
    command: 'holdAmount',
    action: 'HOLDAMOUNT',
    summary: 'Put an amount on hold: the balance stays, what can be withdrawn sinks',
    body: holdBody,
    event: 'savingsaccount.amount-held',
    creates: true,
    run: holdAmount,
    committed: () => countTransactions(TransactionType.hold),
  }),
  command({
    ...shared,
    path,
    command: 'postInterestAsOn',
    action: 'POSTINTEREST',
    summary: 'End the current period early and post its interest on a date',
    body: postInterestAsOnBody,
    event: 'savingsaccount.interest-posted',
    run: postInterestAsOn,
    committed: countPostings,
  }),
  command({
    ...shared,
    path: onePath,
    command: 'releaseAmount',
    action: 'RELEASEAMOUNT',
    summary: 'Release the amount that a transaction holds',
    body: emptyBody,
    event: 'savingsaccount.amount-released',
    run: releaseAmount,
    committed: () => countTransactions(TransactionType.release),
  }),
  command({
    ...shared,
    path: onePath,
    command: 'undo',
    action: 'UNDOTRANSACTION',
    summary: 'Undo a transaction: it stays, marked as reversed, with a reversing journal on its date',
    body: undoBody,
    event: 'savingsaccount.transaction-undone',
    run: undoTransaction,
  }),
  command({
    ...shared,
    path: onePath,
    command: 'reverse',
    action: 'REVERSETRANSACTION',
    summary: 'Reverse a transaction, the same as undo under a permission of its own',
    body: undoBody,
    event: 'savingsaccount.transaction-undone',
    run: undoTransaction,
  }),
];

const filters = ['fromDate', 'toDate', 'types', 'fromAmount', 'toAmount', 'dateFormat', 'locale'];
const paging = ['offset', 'limit', 'orderBy', 'sortOrder'];

export const transactionQueries = [
  query({
    path,
    summary: 'List and filter transactions, the latest first',
    grouping,
    permission,
    parameters: [...paging, ...filters],
    run: listTransactions,
  }),
  query({
    path: `${path}/search`,
    summary: 'List and filter transactions in the page shape of Fineract’s search',
    grouping,
    permission,
    parameters: [...paging, ...filters],
    run: searchTransactions,
  }),
  query({
    path: `${path}/template`,
    summary: 'What a form for a new transaction offers',
    grouping,
    permission,
    parameters: ['command'],
    run: transactionTemplate,
  }),
  query({ path: onePath, summary: 'Read a transaction', grouping, permission, run: readTransaction }),
];
