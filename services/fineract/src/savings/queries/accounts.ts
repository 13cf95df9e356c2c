/** What is read of savings accounts, always within the asker's part of the office tree. */
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
  queryInteger,
  type RouteInput,
  readPaging,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { staffOptions } from '../../organisation/index.ts';
import { availableBalance } from '../rules/balance.ts';
import { depositTypeOption } from '../rules/options.ts';
import { AccountStatus, type AccountStatusId, noSubStatus, statusOption } from '../rules/status.ts';
import type { Terms } from '../rules/terms.ts';
import { selectTerms } from '../terms-columns.ts';
import { termsOptions } from './products.ts';
import { type CurrencyColumns, currencyBody, termsBody } from './shared.ts';
import { allTransactions } from './transactions.ts';

export interface AccountRow extends Terms, CurrencyColumns {
  readonly id: number;
  readonly accountNo: string;
  readonly externalId: string | null;
  readonly clientId: number;
  readonly clientName: string;
  readonly clientAccountNo: string;
  readonly officeHierarchy: string;
  readonly productId: number;
  readonly productName: string;
  readonly productShortName: string;
  readonly fieldOfficerId: number | null;
  readonly fieldOfficerName: string | null;
  readonly status: AccountStatusId;
  readonly balance: Decimal;
  readonly amountOnHold: Decimal;
  readonly lastTransactionOn: LocalDate | null;
  readonly lastInterestPostingOn: LocalDate | null;
  readonly timeline: Readonly<Record<string, string | null>>;
}

const STEPS = ['submitted', 'approved', 'rejected', 'withdrawn', 'activated', 'closed'] as const;

const timeline = sql`
  json_build_object(
    'submitted', a.submitted_on, 'submittedBy', submitter.username,
    'approved', a.approved_on, 'approvedBy', approver.username,
    'rejected', a.rejected_on, 'rejectedBy', rejecter.username,
    'withdrawn', a.withdrawn_on, 'withdrawnBy', withdrawer.username,
    'activated', a.activated_on, 'activatedBy', activator.username,
    'closed', a.closed_on, 'closedBy', closer.username) as timeline`;

export const accountColumns: Sql = sql`
  a.id, a.account_no as "accountNo", a.external_id as "externalId", a.client_id as "clientId",
  c.display_name as "clientName", c.account_no as "clientAccountNo", o.hierarchy as "officeHierarchy",
  a.product_id as "productId", p.name as "productName", p.short_name as "productShortName",
  a.field_officer_id as "fieldOfficerId", s.display_name as "fieldOfficerName", a.status, a.balance,
  a.amount_on_hold as "amountOnHold", a.last_transaction_on as "lastTransactionOn",
  a.last_interest_posting_on as "lastInterestPostingOn", cur.name as "currencyName",
  cur.display_symbol as "displaySymbol", ${selectTerms('a')}, ${timeline}`;

export const accountJoins: Sql = sql`
  from savings_accounts a
  join clients c on c.id = a.client_id
  join offices o on o.id = c.office_id
  join savings_products p on p.id = a.product_id
  join currencies cur on cur.code = a.currency_code
  left join staff s on s.id = a.field_officer_id
  left join users submitter on submitter.id = a.submitted_by
  left join users approver on approver.id = a.approved_by
  left join users rejecter on rejecter.id = a.rejected_by
  left join users withdrawer on withdrawer.id = a.withdrawn_by
  left join users activator on activator.id = a.activated_by
  left join users closer on closer.id = a.closed_by`;

const ORDER_COLUMNS = {
  id: 'a.id',
  accountNo: 'a.account_no',
  clientName: 'c.display_name',
  officeName: 'o.name',
  savingsProductName: 'p.name',
  status: 'a.status',
  balance: 'a.balance',
} as const;

export async function listAccounts({ db, user }: QueryContext, input: RouteInput): Promise<Page<unknown>> {
  const paging = readPaging(input, ORDER_COLUMNS);
  const externalId = input.query['externalId']?.trim() || null;
  const status = queryInteger(input, 'status');
  const clientId = queryInteger(input, 'clientId');
  const where = sql`
    where o.hierarchy like ${`${user.officeHierarchy}%`}
      and (${externalId}::text is null or a.external_id = ${externalId})
      and (${status}::smallint is null or a.status = ${status})
      and (${clientId}::bigint is null or a.client_id = ${clientId})`;
  const { total } = await db.row<{ total: number }>(sql`
    select count(*) as total from savings_accounts a
      join clients c on c.id = a.client_id join offices o on o.id = c.office_id ${where}`);
  const rows = await db.rows<AccountRow>(sql`
    select ${accountColumns} ${accountJoins} ${where}
     order by ${paging.orderBy}, a.id limit ${paging.limit} offset ${paging.offset}`);
  return pageOf(
    total,
    rows.map((row) => ({ ...accountBody(row), summary: balanceSummary(row) })),
  );
}

async function requireAccount(db: Queryable, input: RouteInput): Promise<AccountRow> {
  const id = pathId(input, 'savingsId', 'saving.account');
  const row = await db.rowOrNull<AccountRow>(
    sql`select ${accountColumns} ${accountJoins} where a.id = ${id}`,
  );
  if (!row) throw notFound('saving.account', id);
  return row;
}

/** One account; `associations=all` (or `transactions`, `charges`) adds its parts. */
export async function readAccount({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const row = await requireAccount(db, input);
  const wanted = (input.query['associations'] ?? '').split(',').map((name) => name.trim());
  const wants = (name: string) => wanted.includes('all') || wanted.includes(name);
  return new Scoped(row.officeHierarchy, {
    ...accountBody(row),
    summary: { ...balanceSummary(row), ...(await totalsOf(db, row.id)) },
    ...(wants('transactions') ? { transactions: await allTransactions(db, row) } : {}),
    ...(wants('charges') ? { charges: await chargesOf(db, row) } : {}),
    ...(input.query['template'] === 'true' ? termsOptions : {}),
  });
}

export function accountBody(row: AccountRow) {
  return withoutNulls({
    id: row.id,
    accountNo: row.accountNo,
    depositType: depositTypeOption,
    externalId: row.externalId,
    clientId: row.clientId,
    clientName: row.clientName,
    savingsProductId: row.productId,
    savingsProductName: row.productName,
    fieldOfficerId: row.fieldOfficerId ?? 0,
    fieldOfficerName: row.fieldOfficerName,
    status: statusOption(row.status),
    subStatus: noSubStatus,
    timeline: timelineBody(row),
    currency: currencyBody(row),
    ...termsBody(row),
    savingsAmountOnHold: row.amountOnHold,
    onHoldFunds: row.amountOnHold,
    lastActiveTransactionDate: dateParts(row.lastTransactionOn),
  });
}

export function timelineBody({ timeline: times }: Pick<AccountRow, 'timeline'>) {
  const entries = STEPS.flatMap((step) => [
    [`${step}OnDate`, dateParts(times[step])] as const,
    [`${step}ByUsername`, times[`${step}By`]] as const,
  ]);
  return withoutNulls(Object.fromEntries(entries));
}

function balanceSummary(row: AccountRow) {
  return withoutNulls({
    currency: currencyBody(row),
    accountBalance: row.balance,
    availableBalance: availableBalance(row.balance, row.amountOnHold, row),
    interestPostedTillDate: dateParts(row.lastInterestPostingOn),
  });
}

/** What the transactions that stand add up to, by kind. */
async function totalsOf(db: Queryable, accountId: number) {
  return db.row(sql`
    select coalesce(sum(amount) filter (where type = 1), 0) as "totalDeposits",
           coalesce(sum(amount) filter (where type = 2), 0) as "totalWithdrawals",
           coalesce(sum(amount) filter (where type = 4), 0) as "totalWithdrawalFees",
           coalesce(sum(amount) filter (where type = 5), 0) as "totalAnnualFees",
           coalesce(sum(amount) filter (where type = 7), 0) as "totalFeeCharge",
           coalesce(sum(amount) filter (where type = 3), 0) as "totalInterestEarned",
           coalesce(sum(amount) filter (where type = 3), 0) as "totalInterestPosted",
           coalesce(sum(amount) filter (where type = 17), 0) as "totalOverdraftInterestDerived"
      from savings_transactions where account_id = ${accountId} and not reversed`);
}

interface ChargeRow {
  id: number;
  charge_id: number;
  name: string;
  amount: Decimal;
  penalty: boolean;
  due_on: string | null;
  active: boolean;
}

async function chargesOf(db: Queryable, account: AccountRow) {
  const rows = await db.rows<ChargeRow>(sql`
    select ac.id, ac.charge_id, c.name, ac.amount, c.penalty, ac.due_on, ac.active
      from savings_account_charges ac join charges c on c.id = ac.charge_id
     where ac.account_id = ${account.id} order by ac.id`);
  return rows.map((row) =>
    withoutNulls({
      id: row.id,
      chargeId: row.charge_id,
      accountId: account.id,
      name: row.name,
      dueDate: dateParts(row.due_on),
      currency: currencyBody(account),
      amount: row.amount,
      amountPaid: 0,
      amountWaived: 0,
      amountWrittenOff: 0,
      amountOutstanding: row.amount,
      amountOrPercentage: row.amount,
      penalty: row.penalty,
      isActive: row.active,
    }),
  );
}

/** The charges of an account. */
export async function listCharges({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const row = await requireAccount(db, input);
  return new Scoped(row.officeHierarchy, await chargesOf(db, row));
}

export async function readCharge({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const row = await requireAccount(db, input);
  const id = pathId(input, 'savingsAccountChargeId', 'savings.account.charge');
  const charge = (await chargesOf(db, row)).find((each) => each.id === id);
  if (!charge) throw notFound('savings.account.charge', id);
  return new Scoped(row.officeHierarchy, charge);
}

/** What a form for a new account offers; with `productId` also the terms that the product would give it. */
export async function accountTemplate({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const productId = queryInteger(input, 'productId');
  const clientId = queryInteger(input, 'clientId');
  const productOptions = await db.rows(
    sql`select id, name, short_name as "shortName" from savings_products order by name`,
  );
  const client = await db.rowOrNull<{ id: number; name: string; office_id: number }>(
    sql`select id, display_name as name, office_id from clients where id = ${clientId}`,
  );
  return withoutNulls({
    clientId: client?.id,
    clientName: client?.name,
    ...(productId === null ? {} : await productDefaults(db, productId)),
    productOptions,
    fieldOfficerOptions: client ? await staffOptions(db, client.office_id) : [],
    ...termsOptions,
  });
}

async function productDefaults(db: Queryable, productId: number) {
  const row = await db.rowOrNull<Terms & CurrencyColumns & { name: string }>(sql`
    select p.name, cur.name as "currencyName", cur.display_symbol as "displaySymbol", ${selectTerms('p')}
      from savings_products p join currencies cur on cur.code = p.currency_code where p.id = ${productId}`);
  if (!row) throw notFound('savingproduct', productId);
  return {
    savingsProductId: productId,
    savingsProductName: row.name,
    currency: currencyBody(row),
    ...termsBody(row),
  };
}

/** A client's savings accounts, as `GET /clients/:id/accounts` shows them. */
export async function listSavingsOfClient(db: Queryable, clientId: number): Promise<unknown[]> {
  const rows = await db.rows<AccountRow>(sql`
    select ${accountColumns} ${accountJoins} where a.client_id = ${clientId} order by a.id`);
  return rows.map((row) =>
    withoutNulls({
      id: row.id,
      accountNo: row.accountNo,
      externalId: row.externalId,
      productId: row.productId,
      productName: row.productName,
      shortProductName: row.productShortName,
      status: statusOption(row.status),
      subStatus: noSubStatus,
      currency: currencyBody(row),
      accountBalance: row.status === AccountStatus.active ? row.balance : undefined,
      availableBalance:
        row.status === AccountStatus.active
          ? availableBalance(row.balance, row.amountOnHold, row)
          : undefined,
      accountType: { id: 1, code: 'accountType.individual', value: 'Individual' },
      timeline: timelineBody(row),
      depositType: depositTypeOption,
      lastActiveTransactionDate: dateParts(row.lastTransactionOn),
    }),
  );
}

/** Whether the client has savings whose life has not ended: a reason not to close the client. */
export async function hasOpenSavings(db: Queryable, clientId: number): Promise<boolean> {
  const open = [AccountStatus.submitted, AccountStatus.approved, AccountStatus.active];
  const row = await db.row<{ open: boolean }>(sql`
    select exists (select from savings_accounts
                    where client_id = ${clientId} and status = any(${open}::smallint[])) as open`);
  return row.open;
}
