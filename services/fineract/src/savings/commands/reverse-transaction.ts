/** A transaction taken out of an account: its row stays, marked, and a reversing journal is posted on its date. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import { postJournals } from '../../accounting/index.ts';
import { notFound, parameterError, validationFailed } from '../../kernel/index.ts';
import { lowestPermitted } from '../rules/balance.ts';
import { reversed } from '../rules/ledger.ts';
import { kindOf, type TransactionTypeId } from '../rules/transaction-type.ts';
import { correctionJournals, journalsOf, movementOf, type Writer } from './journals.ts';
import type { ActiveAccount } from './locked-account.ts';
import { recomputeFrom } from './recompute.ts';

export interface StoredTransaction {
  readonly id: number;
  readonly type: TransactionTypeId;
  readonly date: LocalDate;
  readonly amount: Decimal;
  readonly overdraftAmount: Decimal;
  readonly reversed: boolean;
  /** The release of this hold. */
  readonly releasedBy: number | null;
  /** Whether it is the interest of a settled period. */
  readonly settlesPeriod: boolean;
}

/** The account's lock covers its transactions, so this row needs none of its own. */
export async function readTransaction(
  tx: Transaction,
  accountId: number,
  transactionId: number,
): Promise<StoredTransaction> {
  const row = await tx.rowOrNull<StoredTransaction>(sql`
    select t.id, t.type, t.date, t.amount, t.overdraft_amount as "overdraftAmount", t.reversed,
           (select r.id from savings_transactions r where r.hold_id = t.id) as "releasedBy",
           exists (select from savings_interest_postings p where p.transaction_id = t.id) as "settlesPeriod"
      from savings_transactions t where t.id = ${transactionId} and t.account_id = ${accountId}`);
  if (!row) {
    const code = 'error.msg.saving.account.trasaction.id.invalid';
    throw notFound('savings transaction', transactionId, code);
  }
  return row;
}

/**
 * Marks the row, takes its amount out of the balance, and recomputes what came after.
 *
 * @param mustBePermitted whether a balance that falls below what is permitted refuses the undo
 * @returns the account as it is now
 */
export async function reverseTransaction(
  writer: Writer,
  account: ActiveAccount,
  transaction: StoredTransaction,
  mustBePermitted: boolean,
): Promise<ActiveAccount> {
  const { id, type, date, amount, overdraftAmount } = transaction;
  const change = amount.times(-kindOf(type).sign);
  const { lastTransactionOn } = await writer.tx.row<{ lastTransactionOn: LocalDate | null }>(sql`
    with undone as (
      update savings_transactions
         set reversed = true, reversed_on = ${writer.businessDate}::date, running_balance = 0, overdraft_amount = 0
       where id = ${id})
    update savings_accounts
       set balance = balance + ${change},
           last_transaction_on = (select max(date) from savings_transactions
                                   where account_id = ${account.id} and not reversed and id <> ${id})
     where id = ${account.id}
    returning last_transaction_on as "lastTransactionOn"`);
  const recomputed = await recomputeFrom(writer.tx, account.id, date, id);
  const lowered = change.lessThan(0);
  if (mustBePermitted && lowered && recomputed.lowestAvailable.lessThan(lowestPermitted(account)))
    throw goingNegative();
  const movement = movementOf(account, type, amount, overdraftAmount);
  await postJournals(writer.tx, [
    ...journalsOf(writer, account, id, date, movement && reversed(movement)),
    ...correctionJournals(writer, account, recomputed.shifts),
  ]);
  return { ...account, balance: account.balance.plus(change), lastTransactionOn };
}

/** The refusal of an undo that a later balance does not allow. */
export function goingNegative() {
  return validationFailed([
    parameterError(
      'validation.msg.savingsaccount.undotransaction.results.in.balance.going.negative',
      'transactionAmount',
      'Without this transaction the balance would fall below what is permitted, on that day or a later one.',
    ),
  ]);
}
