/** What savings count. */
import { counter } from '@fineract-gitops/telemetry';
import type { PostedInterest } from './commands/post-interest.ts';
import { kindOf, TransactionType, type TransactionTypeId } from './rules/transaction-type.ts';

const transactionsTotal = counter({
  name: 'fineract_savings_transactions_total',
  help: 'Savings transactions written, by type',
  labelNames: ['type'],
});

/** Counts transactions; call it once they are committed. */
export function countTransactions(type: TransactionTypeId, number = 1): void {
  if (number > 0) transactionsTotal.inc({ type: kindOf(type).name }, number);
}

/** Counts posted interest; call it once it is committed. */
export function countPostedInterest({ postings }: Pick<PostedInterest, 'postings'>): void {
  for (const { amount } of postings)
    countTransactions(amount.isNegative() ? TransactionType.overdraftInterest : TransactionType.interest);
}
