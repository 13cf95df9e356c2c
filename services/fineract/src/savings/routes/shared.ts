/** What the routes of savings have in common. */
import { counter } from '@fineract-gitops/telemetry';
import type { CommandResult } from '../../kernel/index.ts';
import { kindOf, type TransactionTypeId } from '../rules/transaction-type.ts';

export const grouping = 'transaction_savings';
export const accountPath = '/savingsaccounts/:savingsId';

/** The cached answer of the account that a result names. */
export const staleAccount = ({ savingsId }: CommandResult) => [`savingsaccounts:${savingsId}`];

/** Events of an account come in its order, also those about one of its transactions. */
export const byAccount = ({ savingsId }: CommandResult) => savingsId;

const transactionsTotal = counter({
  name: 'fineract_savings_transactions_total',
  help: 'Savings transactions written, by type',
  labelNames: ['type'],
});

/** Counts transactions once they are committed. */
export function countTransactions(type: TransactionTypeId, number = 1): void {
  if (number > 0) transactionsTotal.inc({ type: kindOf(type).name }, number);
}
