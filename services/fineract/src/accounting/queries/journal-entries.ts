/** What is read of the journal, within the asker's part of the office tree. */
import { empty, type Sql, sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  dateParts,
  notFound,
  type Page,
  pageOf,
  pathId,
  type QueryContext,
  queryBoolean,
  queryDate,
  queryInteger,
  type RouteInput,
  readPaging,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { entityOption, entryOption, typeOption } from '../rules.ts';

interface EntryRow {
  id: number;
  office_id: number;
  office_name: string;
  office_hierarchy: string;
  gl_account_id: number;
  gl_account_name: string;
  gl_code: string;
  gl_type: number;
  transaction_date: string;
  entry_type: number;
  amount: Decimal;
  currency_code: string;
  currency_name: string;
  decimal_places: number;
  display_symbol: string | null;
  transaction_id: string;
  manual_entry: boolean;
  entity_type: number | null;
  entity_id: number | null;
  created_by: number;
  username: string;
  comments: string | null;
  reversed: boolean;
  reference_number: string | null;
  submitted_on: string;
  payment_type_id: number | null;
  payment_type_name: string | null;
  account_number: string | null;
  check_number: string | null;
  routing_code: string | null;
  receipt_number: string | null;
  bank_number: string | null;
  office_balance?: Decimal;
  organization_balance?: Decimal;
}

const columns = sql`
  e.id, e.office_id, o.name as office_name, o.hierarchy as office_hierarchy, e.gl_account_id, a.name as gl_account_name,
  a.gl_code, a.type as gl_type, e.transaction_date, e.entry_type, e.amount, e.currency_code, c.name as currency_name,
  c.decimal_places, c.display_symbol, e.transaction_id, e.manual_entry, e.entity_type, e.entity_id, e.created_by,
  u.username, e.comments, e.reversed, e.reference_number, e.submitted_on, e.payment_type_id,
  p.name as payment_type_name, e.account_number, e.check_number, e.routing_code, e.receipt_number, e.bank_number`;

const joins = sql`
  from journal_entries e
  join offices o on o.id = e.office_id
  join gl_accounts a on a.id = e.gl_account_id
  join users u on u.id = e.created_by
  join currencies c on c.code = e.currency_code
  left join payment_types p on p.id = e.payment_type_id`;

// Summed when they are read: entries never change, and an earlier date may still be posted to.
const balances = sql`,
  (select sum(case when (b.entry_type = 2) = (a.type in (1, 5)) then b.amount else -b.amount end) from journal_entries b
    where b.gl_account_id = e.gl_account_id and b.office_id = e.office_id
      and (b.transaction_date, b.id) <= (e.transaction_date, e.id)) as office_balance,
  (select sum(case when (b.entry_type = 2) = (a.type in (1, 5)) then b.amount else -b.amount end) from journal_entries b
    where b.gl_account_id = e.gl_account_id
      and (b.transaction_date, b.id) <= (e.transaction_date, e.id)) as organization_balance`;

const ORDER_COLUMNS = {
  id: 'e.id',
  transactionDate: 'e.transaction_date',
  transactionId: 'e.transaction_id',
  officeName: 'o.name',
  glAccountCode: 'a.gl_code',
  amount: 'e.amount',
} as const;

export async function listJournalEntries(
  { db, user }: QueryContext,
  input: RouteInput,
): Promise<Page<unknown>> {
  const paging = readPaging(input, ORDER_COLUMNS);
  const where = sql`where o.hierarchy like ${`${user.officeHierarchy}%`} ${filters(input)}`;
  const { total } = await db.row<{ total: number }>(sql`select count(*) as total ${joins} ${where}`);
  const rows = await db.rows<EntryRow>(sql`
    select ${columns} ${queryBoolean(input, 'runningBalance') ? balances : empty} ${joins} ${where}
     order by ${paging.orderBy}, e.id limit ${paging.limit} offset ${paging.offset}`);
  return pageOf(total, rows.map(entryBody));
}

export async function readJournalEntry({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const id = pathId(input, 'journalEntryId', 'journalEntries');
  const row = await db.rowOrNull<EntryRow>(sql`
    select ${columns} ${queryBoolean(input, 'runningBalance') ? balances : empty} ${joins} where e.id = ${id}`);
  if (!row) throw notFound('journalEntries', id);
  return new Scoped(row.office_hierarchy, entryBody(row));
}

function filters(input: RouteInput): Sql {
  const officeId = queryInteger(input, 'officeId');
  const glAccountId = queryInteger(input, 'glAccountId');
  const fromDate = queryDate(input, 'fromDate');
  const toDate = queryDate(input, 'toDate');
  const submittedFrom = queryDate(input, 'submittedOnDateFrom');
  const submittedTo = queryDate(input, 'submittedOnDateTo');
  const transactionId = input.query['transactionId']?.trim() || null;
  const manualOnly = queryBoolean(input, 'manualEntriesOnly') ?? false;
  // Fineract's clients ask for an account's entries by `loanId` or `savingsId`, too.
  const savingsId = queryInteger(input, 'savingsId');
  const loanId = queryInteger(input, 'loanId');
  const entityType = savingsId !== null ? 2 : loanId !== null ? 1 : queryInteger(input, 'entityType');
  const entityId = savingsId ?? loanId ?? queryInteger(input, 'entityId');
  return sql`
    and (${officeId}::bigint is null or e.office_id = ${officeId})
    and (${glAccountId}::bigint is null or e.gl_account_id = ${glAccountId})
    and (${fromDate}::date is null or e.transaction_date >= ${fromDate})
    and (${toDate}::date is null or e.transaction_date <= ${toDate})
    and (${submittedFrom}::date is null or e.submitted_on >= ${submittedFrom})
    and (${submittedTo}::date is null or e.submitted_on <= ${submittedTo})
    and (${transactionId}::text is null or e.transaction_id = ${transactionId})
    and (not ${manualOnly}::boolean or e.manual_entry)
    and (${entityType}::smallint is null or e.entity_type = ${entityType})
    and (${entityId}::bigint is null or e.entity_id = ${entityId})`;
}

function entryBody(row: EntryRow) {
  return withoutNulls({
    id: row.id,
    officeId: row.office_id,
    officeName: row.office_name,
    glAccountName: row.gl_account_name,
    glAccountId: row.gl_account_id,
    glAccountCode: row.gl_code,
    glAccountType: typeOption(row.gl_type),
    transactionDate: dateParts(row.transaction_date),
    entryType: entryOption(row.entry_type),
    amount: row.amount,
    currency: withoutNulls({
      code: row.currency_code,
      name: row.currency_name,
      decimalPlaces: row.decimal_places,
      displaySymbol: row.display_symbol,
    }),
    transactionId: row.transaction_id,
    manualEntry: row.manual_entry,
    entityType: entityOption(row.entity_type),
    entityId: row.entity_id,
    createdByUserId: row.created_by,
    createdByUserName: row.username,
    createdDate: dateParts(row.submitted_on),
    submittedOnDate: dateParts(row.submitted_on),
    comments: row.comments,
    reversed: row.reversed,
    referenceNumber: row.reference_number,
    officeRunningBalance: row.office_balance,
    organizationRunningBalance: row.organization_balance,
    runningBalanceComputed: row.organization_balance !== undefined,
    transactionDetails: paymentBody(row),
  });
}

function paymentBody(row: EntryRow) {
  if (row.payment_type_id === null) return undefined;
  const { payment_type_id: id, payment_type_name: name } = row;
  return {
    paymentDetails: withoutNulls({
      paymentType: { id, name },
      accountNumber: row.account_number,
      checkNumber: row.check_number,
      routingCode: row.routing_code,
      receiptNumber: row.receipt_number,
      bankNumber: row.bank_number,
    }),
  };
}
