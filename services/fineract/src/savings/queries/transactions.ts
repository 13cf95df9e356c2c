/** What is read of savings transactions. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  dateParts,
  notFound,
  type Page,
  pageOf,
  pathId,
  type QueryContext,
  queryDate,
  queryInteger,
  type RouteInput,
  readPaging,
  requireOfficeScope,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { paymentTypeOptions } from '../../organisation/index.ts';
import type { Terms } from '../rules/terms.ts';
import {
  kindOf,
  TransactionType,
  type TransactionTypeId,
  transactionTypeOption,
} from '../rules/transaction-type.ts';
import { selectTerms } from '../terms-columns.ts';
import { type CurrencyColumns, currencyBody } from './shared.ts';

interface TransactionRow {
  id: number;
  external_id: string | null;
  type: TransactionTypeId;
  date: LocalDate;
  amount: Decimal;
  reversed: boolean;
  running_balance: Decimal;
  hold_id: number | null;
  released_by: number | null;
  reason_for_block: string | null;
  note: string | null;
  payment_type_id: number | null;
  payment_type_name: string | null;
  account_number: string | null;
  check_number: string | null;
  routing_code: string | null;
  receipt_number: string | null;
  bank_number: string | null;
  submitted_on: LocalDate;
  username: string;
}

interface AccountHead extends Terms, CurrencyColumns {
  readonly id: number;
  readonly accountNo: string;
  readonly officeHierarchy: string;
}

const columns = sql`
  t.id, t.external_id, t.type, t.date, t.amount, t.reversed, t.running_balance, t.hold_id, release.id as released_by,
  t.reason_for_block, t.note, t.payment_type_id, pt.name as payment_type_name, t.account_number, t.check_number,
  t.routing_code, t.receipt_number, t.bank_number, t.submitted_on, u.username`;

const joins = sql`
  from savings_transactions t
  join users u on u.id = t.created_by
  left join payment_types pt on pt.id = t.payment_type_id
  left join savings_transactions release on release.hold_id = t.id`;

const ORDER_COLUMNS = {
  date: 't.date',
  id: 't.id',
  transactionDate: 't.date',
  amount: 't.amount',
  runningBalance: 't.running_balance',
  submittedOnDate: 't.submitted_on',
} as const;

async function readHead({ db, user }: QueryContext, input: RouteInput): Promise<AccountHead> {
  const id = pathId(input, 'savingsId', 'saving.account');
  const head = await db.rowOrNull<AccountHead>(sql`
    select a.id, a.account_no as "accountNo", o.hierarchy as "officeHierarchy", cur.name as "currencyName",
           cur.display_symbol as "displaySymbol", ${selectTerms('a')}
      from savings_accounts a join clients c on c.id = a.client_id join offices o on o.id = c.office_id
      join currencies cur on cur.code = a.currency_code where a.id = ${id}`);
  if (!head) throw notFound('saving.account', id);
  requireOfficeScope(user, head.officeHierarchy);
  return head;
}

/** All transactions, the latest first, for `associations=transactions`. */
export async function allTransactions(
  db: Queryable,
  account: Omit<AccountHead, 'officeHierarchy'>,
): Promise<unknown[]> {
  const rows = await db.rows<TransactionRow>(
    sql`select ${columns} ${joins} where t.account_id = ${account.id} order by t.date desc, t.id desc`,
  );
  return rows.map((row) => transactionBody(row, account));
}

export async function readTransaction(context: QueryContext, input: RouteInput): Promise<Scoped> {
  const head = await readHead(context, input);
  const id = pathId(input, 'transactionId', 'savings transaction');
  const row = await context.db.rowOrNull<TransactionRow>(
    sql`select ${columns} ${joins} where t.account_id = ${head.id} and t.id = ${id}`,
  );
  if (!row) throw notFound('savings transaction', id, 'error.msg.saving.account.trasaction.id.invalid');
  return new Scoped(head.officeHierarchy, transactionBody(row, head));
}

/** One page; the latest first unless asked otherwise. */
export async function listTransactions(context: QueryContext, input: RouteInput): Promise<Page<unknown>> {
  const { total, items } = await findTransactions(context, input);
  return pageOf(total, items);
}

/** Fineract's search: the same transactions in the page shape that this one operation has. */
export async function searchTransactions(context: QueryContext, input: RouteInput): Promise<unknown> {
  const { total, items } = await findTransactions(context, input);
  return { total, content: items };
}

async function findTransactions(context: QueryContext, input: RouteInput) {
  const head = await readHead(context, input);
  const sortOrder = input.query['sortOrder'] || 'desc';
  const paging = readPaging({ ...input, query: { ...input.query, sortOrder } }, ORDER_COLUMNS);
  const where = sql`where t.account_id = ${head.id} ${filters(input)}`;
  const { total } = await context.db.row<{ total: number }>(
    sql`select count(*) as total from savings_transactions t ${where}`,
  );
  const idOrder = sortOrder.trim().toLowerCase() === 'asc' ? sql`t.id` : sql`t.id desc`;
  const rows = await context.db.rows<TransactionRow>(sql`
    select ${columns} ${joins} ${where} order by ${paging.orderBy}, ${idOrder}
     limit ${paging.limit} offset ${paging.offset}`);
  return { total, items: rows.map((row) => transactionBody(row, head)) };
}

function filters(input: RouteInput): Sql {
  const from = queryDate(input, 'fromDate');
  const to = queryDate(input, 'toDate');
  const types = (input.query['types'] ?? '').split(',').filter((text) => /^\s*\d{1,2}\s*$/.test(text));
  const least = queryInteger(input, 'fromAmount');
  const most = queryInteger(input, 'toAmount');
  return sql`
    and (${from}::date is null or t.date >= ${from})
    and (${to}::date is null or t.date <= ${to})
    and (${types.length} = 0 or t.type = any (${types.map(Number)}::smallint[]))
    and (${least}::numeric is null or t.amount >= ${least})
    and (${most}::numeric is null or t.amount <= ${most})`;
}

/** What a form for a new transaction offers. */
export async function transactionTemplate(context: QueryContext, input: RouteInput): Promise<Scoped> {
  const head = await readHead(context, input);
  const type =
    input.query['command']?.trim().toLowerCase() === 'withdrawal'
      ? TransactionType.withdrawal
      : TransactionType.deposit;
  return new Scoped(head.officeHierarchy, {
    transactionType: transactionTypeOption(type),
    accountId: head.id,
    accountNo: head.accountNo,
    date: dateParts(await context.businessDate()),
    currency: currencyBody(head),
    amount: 0,
    reversed: false,
    paymentTypeOptions: await paymentTypeOptions(context.db),
  });
}

function transactionBody(row: TransactionRow, account: Omit<AccountHead, 'officeHierarchy'>) {
  return withoutNulls({
    id: row.id,
    externalId: row.external_id,
    transactionType: transactionTypeOption(row.type),
    entryType: kindOf(row.type).entryType,
    accountId: account.id,
    accountNo: account.accountNo,
    date: dateParts(row.date),
    currency: currencyBody(account),
    paymentDetailData: paymentBody(row),
    amount: row.amount,
    runningBalance: row.running_balance,
    reversed: row.reversed,
    submittedOnDate: dateParts(row.submitted_on),
    submittedByUsername: row.username,
    note: row.note,
    lienTransaction: false,
    originalTransactionId: row.hold_id,
    releaseTransactionId: row.released_by,
    reasonForBlock: row.reason_for_block,
    interestedPostedAsOn: false,
  });
}

function paymentBody(row: TransactionRow) {
  if (row.payment_type_id === null) return undefined;
  return withoutNulls({
    paymentType: { id: row.payment_type_id, name: row.payment_type_name },
    accountNumber: row.account_number,
    checkNumber: row.check_number,
    routingCode: row.routing_code,
    receiptNumber: row.receipt_number,
    bankNumber: row.bank_number,
  });
}
