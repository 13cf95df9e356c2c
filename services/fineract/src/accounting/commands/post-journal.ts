/**
 * The one door into the journal. Debits equal credits before anything is written; the database checks the same once more
 * when the transaction commits (see the migration).
 */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import { closedPeriod, EntryType, isBalanced, type JournalLine } from '../rules.ts';

export interface PaymentDetails {
  readonly paymentTypeId?: number | undefined;
  readonly accountNumber?: string | undefined;
  readonly checkNumber?: string | undefined;
  readonly routingCode?: string | undefined;
  readonly receiptNumber?: string | undefined;
  readonly bankNumber?: string | undefined;
}

/** One balanced transaction of the general ledger. */
export interface Journal {
  readonly officeId: number;
  readonly currencyCode: string;
  /** `S<id>` of a savings transaction, `M<number>` of a manual entry. */
  readonly transactionId: string;
  readonly transactionDate: LocalDate;
  /** The business date on which it is posted. */
  readonly submittedOn: LocalDate;
  readonly userId: number;
  readonly debits: readonly JournalLine[];
  readonly credits: readonly JournalLine[];
  /** The account it comes from: Fineract's PortfolioProductType (2 savings) and the account's id. */
  readonly entity?: { readonly type: number; readonly id: number };
  readonly manual?: {
    readonly comments: string | undefined;
    readonly referenceNumber: string | undefined;
    readonly payment: PaymentDetails;
  };
}

/**
 * Posts a transaction.
 *
 * @throws ApiError 403 when the office's books are closed on that date
 * @throws Error when debits and credits differ: a bug of the caller, so the whole write stops
 */
export async function postJournal(tx: Transaction, journal: Journal): Promise<void> {
  await postJournals(tx, [journal]);
}

/** Posts several transactions with two statements, whatever their number. */
export async function postJournals(tx: Transaction, journals: readonly Journal[]): Promise<void> {
  if (journals.length === 0) return;
  for (const { transactionId, debits, credits } of journals) {
    if (!isBalanced(debits, credits)) throw new Error(`journal ${transactionId} does not balance`);
  }
  const rows = journals.flatMap(entriesOf);
  const inserted = await tx.execute(insertEntries(rows));
  // Nothing is written as a whole when one entry falls into a closed period.
  if (inserted !== rows.length) throw closedPeriod(await closureOf(tx, journals));
}

function entriesOf(journal: Journal) {
  const entry = (type: number) => (line: JournalLine) => ({ journal, type, line });
  return [...journal.debits.map(entry(EntryType.debit)), ...journal.credits.map(entry(EntryType.credit))];
}

function insertEntries(rows: readonly ReturnType<typeof entriesOf>[number][]) {
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  return sql`
    with entry as (
      select * from unnest(
        ${column(({ journal }) => journal.officeId)}::bigint[], ${column(({ line }) => line.glAccountId)}::bigint[],
        ${column(({ journal }) => journal.currencyCode)}::text[], ${column(({ journal }) => journal.transactionId)}::text[],
        ${column(({ journal }) => journal.transactionDate)}::date[], ${column(({ type }) => type)}::smallint[],
        ${column(({ line }) => line.amount.toFixed())}::numeric[], ${column(({ journal }) => journal.manual !== undefined)}::boolean[],
        ${column(({ journal }) => journal.entity?.type ?? null)}::smallint[], ${column(({ journal }) => journal.entity?.id ?? null)}::bigint[],
        ${column(({ journal, line }) => line.comments || journal.manual?.comments || null)}::text[],
        ${column(({ journal }) => journal.manual?.referenceNumber || null)}::text[],
        ${column(({ journal }) => journal.manual?.payment.paymentTypeId ?? null)}::bigint[],
        ${column(({ journal }) => journal.manual?.payment.accountNumber || null)}::text[],
        ${column(({ journal }) => journal.manual?.payment.checkNumber || null)}::text[],
        ${column(({ journal }) => journal.manual?.payment.routingCode || null)}::text[],
        ${column(({ journal }) => journal.manual?.payment.receiptNumber || null)}::text[],
        ${column(({ journal }) => journal.manual?.payment.bankNumber || null)}::text[],
        ${column(({ journal }) => journal.submittedOn)}::date[], ${column(({ journal }) => journal.userId)}::bigint[])
        as t (office_id, gl_account_id, currency_code, transaction_id, transaction_date, entry_type, amount, manual_entry,
              entity_type, entity_id, comments, reference_number, payment_type_id, account_number, check_number,
              routing_code, receipt_number, bank_number, submitted_on, created_by))
    insert into journal_entries (
      office_id, gl_account_id, currency_code, transaction_id, transaction_date, entry_type, amount, manual_entry,
      entity_type, entity_id, comments, reference_number, payment_type_id, account_number, check_number, routing_code,
      receipt_number, bank_number, submitted_on, created_by)
    select entry.* from entry
     where not exists (select from entry e join gl_closures c on c.office_id = e.office_id
                        where c.closing_date >= e.transaction_date)`;
}

async function closureOf(tx: Transaction, journals: readonly Journal[]): Promise<LocalDate> {
  const { closed_on } = await tx.row<{ closed_on: LocalDate }>(sql`
    select max(closing_date) as closed_on from gl_closures
     where office_id = any (${journals.map(({ officeId }) => officeId)}::bigint[])`);
  return closed_on;
}
