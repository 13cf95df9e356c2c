/** The journals behind savings transactions. */
import type { LocalDate } from '@fineract-gitops/dates';
import type { Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import type { Journal } from '../../accounting/index.ts';
import { type LedgerMovement, ledgerMovement, splitCorrection } from '../rules/ledger.ts';
import type { TransactionTypeId } from '../rules/transaction-type.ts';
import { type ActiveAccount, ledgerOf } from './locked-account.ts';
import type { OverdraftShift } from './recompute.ts';

/** In whose name, and on which business date, something is written. */
export interface Writer {
  readonly tx: Transaction;
  readonly userId: number;
  readonly businessDate: LocalDate;
}

/** What a transaction posts; `null` without accounting, and for kinds that leave the balance alone. */
export function movementOf(
  account: ActiveAccount,
  type: TransactionTypeId,
  amount: Decimal,
  overdraftAmount: Decimal,
): LedgerMovement | null {
  const ledger = ledgerOf(account);
  return ledger && ledgerMovement(ledger, { type, amount, overdraftAmount });
}

/** The journal of a movement; none for none. */
export function journalsOf(
  { userId, businessDate }: Writer,
  account: ActiveAccount,
  transactionId: number,
  date: LocalDate,
  movement: LedgerMovement | null,
): Journal[] {
  if (!movement) return [];
  return [
    {
      officeId: account.officeId,
      currencyCode: account.currencyCode,
      transactionId: `S${transactionId}`,
      transactionDate: date,
      submittedOn: businessDate,
      userId,
      entity: { type: 2, id: account.id },
      ...movement,
    },
  ];
}

/** Moves what changed between the savings control account and the overdraft portfolio, on each transaction's own date. */
export function correctionJournals(
  writer: Writer,
  account: ActiveAccount,
  shifts: readonly OverdraftShift[],
): Journal[] {
  const ledger = ledgerOf(account);
  if (!ledger) return [];
  return shifts.flatMap(({ id, type, date, from, to }) =>
    journalsOf(writer, account, id, date, splitCorrection(ledger, type, from, to)),
  );
}
