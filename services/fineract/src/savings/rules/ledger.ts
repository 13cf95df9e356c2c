/**
 * Which general ledger accounts a savings transaction moves under cash accounting. One rule for all kinds: the customer's
 * side is the savings control account down to zero and the overdraft portfolio below it; the other side depends on the
 * kind. So at all times the control account carries the customers' credit and the portfolio their debt.
 *
 * Apache Fineract posts overdraft interest to the savings reference (cash) account instead, as if it had been paid in
 * cash; here it raises the overdraft portfolio, for that is what it does to the balance.
 */
import { type Decimal, ZERO } from '@fineract-gitops/money';
import { isFee, kindOf, TransactionType, type TransactionTypeId } from './transaction-type.ts';

/** The product's mapping to the general ledger; present when it has cash accounting. */
export interface LedgerAccounts {
  readonly reference: number;
  readonly control: number;
  readonly interestExpense: number;
  readonly feeIncome: number;
  readonly overdraftPortfolio: number;
  readonly interestIncome: number;
}

export interface LedgerLine {
  readonly glAccountId: number;
  readonly amount: Decimal;
}

export interface LedgerMovement {
  readonly debits: readonly LedgerLine[];
  readonly credits: readonly LedgerLine[];
}

export interface Movement {
  readonly type: TransactionTypeId;
  readonly amount: Decimal;
  /** How much of the amount lies below zero. */
  readonly overdraftAmount: Decimal;
}

/** What a transaction posts; `null` for kinds that leave the balance alone. */
export function ledgerMovement(accounts: LedgerAccounts, movement: Movement): LedgerMovement | null {
  const { type, amount, overdraftAmount } = movement;
  const { sign } = kindOf(type);
  if (sign === 0) return null;
  const customer = [
    { glAccountId: accounts.overdraftPortfolio, amount: overdraftAmount },
    { glAccountId: accounts.control, amount: amount.minus(overdraftAmount) },
  ].filter((line) => line.amount.greaterThan(0));
  const counter = [{ glAccountId: counterAccount(accounts, type), amount }];
  return sign === 1 ? { debits: counter, credits: customer } : { debits: customer, credits: counter };
}

/** The same transaction taken back. */
export function reversed({ debits, credits }: LedgerMovement): LedgerMovement {
  return { debits: credits, credits: debits };
}

/**
 * What an earlier movement does to a later one: its split between control account and portfolio shifts, its sum stays.
 * `null` when the split stays, too.
 */
export function splitCorrection(
  accounts: LedgerAccounts,
  type: TransactionTypeId,
  overdraftBefore: Decimal,
  overdraftAfter: Decimal,
): LedgerMovement | null {
  const shift = overdraftAfter.minus(overdraftBefore);
  if (shift.equals(ZERO)) return null;
  const portfolio = [{ glAccountId: accounts.overdraftPortfolio, amount: shift.abs() }];
  const control = [{ glAccountId: accounts.control, amount: shift.abs() }];
  // A lowering movement debits the customer's side, a raising one credits it.
  const debitsPortfolio = (kindOf(type).sign === -1) === shift.greaterThan(0);
  return debitsPortfolio ? { debits: portfolio, credits: control } : { debits: control, credits: portfolio };
}

function counterAccount(accounts: LedgerAccounts, type: TransactionTypeId): number {
  if (type === TransactionType.interest) return accounts.interestExpense;
  if (type === TransactionType.overdraftInterest) return accounts.interestIncome;
  return isFee(type) ? accounts.feeIncome : accounts.reference;
}
