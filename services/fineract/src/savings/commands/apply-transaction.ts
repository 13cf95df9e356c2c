/**
 * The one way money moves on a savings account. The caller holds the account's row lock.
 *
 * Invariants that every call keeps, and checks before it returns (a broken one stops the write):
 *  - the account's balance is the sum of its transactions, and so is every running balance;
 *  - the amount of each transaction below zero is what the overdraft portfolio carries of it;
 *  - each transaction's journal `S<id>` balances.
 */
import type { LocalDate } from '@fineract-gitops/dates';
import { foreignKeyViolation, sql } from '@fineract-gitops/db';
import { type Decimal, ZERO } from '@fineract-gitops/money';
import { postJournals } from '../../accounting/index.ts';
import { domainRule, notFound, refuseTaken } from '../../kernel/index.ts';
import { lowestPermitted, overdraftPart } from '../rules/balance.ts';
import { kindOf, TransactionType, type TransactionTypeId } from '../rules/transaction-type.ts';
import { correctionJournals, journalsOf, movementOf, type Writer } from './journals.ts';
import type { ActiveAccount } from './locked-account.ts';
import { recomputeFrom } from './recompute.ts';

export interface Draft {
  readonly type: TransactionTypeId;
  readonly date: LocalDate;
  readonly amount: Decimal;
  readonly externalId?: string | undefined;
  readonly note?: string | undefined;
  readonly reasonForBlock?: string | undefined;
  /** The hold that a release ends. */
  readonly holdId?: number | undefined;
  readonly paymentTypeId?: number | undefined;
  readonly accountNumber?: string | undefined;
  readonly checkNumber?: string | undefined;
  readonly routingCode?: string | undefined;
  readonly receiptNumber?: string | undefined;
  readonly bankNumber?: string | undefined;
}

export interface Applied {
  readonly id: number;
  /** The account as it is now. */
  readonly account: ActiveAccount;
}

/**
 * Writes one transaction with its journal. On the account's last day or later that takes two statements; before it, all
 * later running balances are computed anew.
 *
 * @throws ApiError 403 when a balance, that day or later, would fall below what is permitted
 */
export async function applyTransaction(
  writer: Writer,
  account: ActiveAccount,
  draft: Draft,
): Promise<Applied> {
  const isLatest = account.lastTransactionOn === null || draft.date >= account.lastTransactionOn;
  return isLatest ? append(writer, account, draft) : insertEarlier(writer, account, draft);
}

async function append(writer: Writer, account: ActiveAccount, draft: Draft): Promise<Applied> {
  const next = afterwards(account, draft);
  if (lowersAvailable(draft.type) && next.balance.minus(next.amountOnHold).lessThan(lowestPermitted(account)))
    throw insufficientBalance(account, draft.amount);
  const overdraftAmount = overdraftPart(account.balance, next.balance);
  const id = await insertTransaction(writer, account, draft, {
    runningBalance: next.balance,
    overdraftAmount,
  });
  const movement = movementOf(account, draft.type, draft.amount, overdraftAmount);
  await postJournals(writer.tx, journalsOf(writer, account, id, draft.date, movement));
  return { id, account: next };
}

async function insertEarlier(writer: Writer, account: ActiveAccount, draft: Draft): Promise<Applied> {
  const next = afterwards(account, draft);
  const id = await insertTransaction(writer, account, draft, { runningBalance: ZERO, overdraftAmount: ZERO });
  const recomputed = await recomputeFrom(writer.tx, account.id, draft.date, id);
  if (lowersAvailable(draft.type) && recomputed.lowestAvailable.lessThan(lowestPermitted(account)))
    throw insufficientBalance(account, draft.amount);
  const own = recomputed.shifts.find((shift) => shift.id === id);
  const movement = movementOf(account, draft.type, draft.amount, own?.to ?? ZERO);
  const others = recomputed.shifts.filter((shift) => shift.id !== id);
  await postJournals(writer.tx, [
    ...journalsOf(writer, account, id, draft.date, movement),
    ...correctionJournals(writer, account, others),
  ]);
  return { id, account: next };
}

function afterwards(account: ActiveAccount, { type, amount, date }: Draft): ActiveAccount {
  const { lastTransactionOn } = account;
  const held =
    type === TransactionType.hold ? amount : type === TransactionType.release ? amount.neg() : ZERO;
  return {
    ...account,
    balance: account.balance.plus(amount.times(kindOf(type).sign)),
    amountOnHold: account.amountOnHold.plus(held),
    lastTransactionOn: lastTransactionOn !== null && lastTransactionOn > date ? lastTransactionOn : date,
  };
}

/**
 * Fees and interest are taken whatever the balance; what a customer asks for is not. Posted interest may turn a balance
 * negative only where it already was.
 */
function lowersAvailable(type: TransactionTypeId): boolean {
  return type === TransactionType.withdrawal || type === TransactionType.hold;
}

export function insufficientBalance(account: ActiveAccount, amount: Decimal) {
  return domainRule(
    'error.msg.savingsaccount.transaction.insufficient.account.balance',
    'The balance, on that day or a later one, does not allow this amount.',
    'transactionAmount',
    account.balance,
    amount,
  );
}

interface Derived {
  readonly runningBalance: Decimal;
  readonly overdraftAmount: Decimal;
}

const TAKEN = {
  savings_transaction_external_id_unique: [
    'error.msg.savingsaccount.transaction.duplicate.externalId',
    'externalId',
    'A transaction with this external id exists.',
  ],
} as const;

/** One statement: the row, the account's new balance, and the last running balance, which must be the old balance. */
async function insertTransaction(
  { tx, userId, businessDate }: Writer,
  account: ActiveAccount,
  draft: Draft,
  { runningBalance, overdraftAmount }: Derived,
): Promise<number> {
  const write = () =>
    tx.row<{ id: number; previous: Decimal | null; balance: Decimal }>(sql`
      with last as (
        select running_balance from savings_transactions
         where account_id = ${account.id} and not reversed order by date desc, id desc limit 1),
      inserted as (
        insert into savings_transactions (
          account_id, office_id, external_id, type, date, amount, running_balance, overdraft_amount, hold_id,
          reason_for_block, note, payment_type_id, account_number, check_number, routing_code, receipt_number, bank_number,
          submitted_on, created_by)
        values (${account.id}, ${account.officeId}, ${draft.externalId || null}, ${draft.type}, ${draft.date}::date,
          ${draft.amount}, ${runningBalance}, ${overdraftAmount}, ${draft.holdId ?? null}, ${draft.reasonForBlock || null},
          ${draft.note || null}, ${draft.paymentTypeId ?? null}, ${draft.accountNumber || null},
          ${draft.checkNumber || null}, ${draft.routingCode || null}, ${draft.receiptNumber || null},
          ${draft.bankNumber || null}, ${businessDate}::date, ${userId})
        returning id, date, balance_change, hold_change)
      update savings_accounts a
         set balance = a.balance + i.balance_change, amount_on_hold = a.amount_on_hold + i.hold_change,
             last_transaction_on = greatest(a.last_transaction_on, i.date)
        from inserted i where a.id = ${account.id}
      returning i.id, a.balance, (select running_balance from last) as previous`);
  const stored = await refuseTaken(TAKEN, () => refuseUnknownPaymentType(draft, write));
  const expected = account.balance.plus(draft.amount.times(kindOf(draft.type).sign));
  if (!(stored.previous ?? ZERO).equals(account.balance) || !stored.balance.equals(expected))
    throw new Error(`savings account ${account.id}: the balance is not the sum of its transactions`);
  return stored.id;
}

async function refuseUnknownPaymentType<T>(draft: Draft, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (foreignKeyViolation(error) !== 'savings_transactions_payment_type_id_fkey') throw error;
    throw notFound('payment type', draft.paymentTypeId, 'error.msg.payment.type.invalid');
  }
}
