/** The statements of an import of transactions, each for all its rows at once. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import { interestDueOn } from '../rules/interest/terms.ts';
import type { TransactionTypeId } from '../rules/transaction-type.ts';
import type { ReadyRow } from './import-transactions.ts';
import type { Writer } from './journals.ts';
import { type LockedAccount, selectLocked } from './locked-account.ts';

/** Locks accounts in the order of their ids, so that two imports never wait for each other in a circle. */
export async function lockAccountsByExternalId(
  tx: Transaction,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, LockedAccount>> {
  const accounts = await tx.rows<LockedAccount & { externalId: string }>(sql`
    ${selectLocked} where a.external_id = any (${[...new Set(externalIds)]}::text[]) order by a.id for update of a`);
  return new Map(accounts.map((account) => [account.externalId, account]));
}

export interface KnownTransaction {
  readonly externalId: string;
  readonly accountId: number;
  readonly type: TransactionTypeId;
  readonly date: LocalDate;
  readonly amount: Decimal;
}

export async function readKnownTransactions(
  tx: Transaction,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, KnownTransaction>> {
  const rows = await tx.rows<KnownTransaction>(sql`
    select external_id as "externalId", account_id as "accountId", type, date, amount
      from savings_transactions where external_id = any (${externalIds}::text[])`);
  return new Map(rows.map((row) => [row.externalId, row]));
}

/**
 * Writes the rows in the order of the request, which is their order within a day, and adds them to the balances. Running
 * balances come with the recomputation that follows.
 *
 * @returns the ids by external id
 */
export async function insertHistory(
  { tx, userId, businessDate }: Writer,
  ready: readonly ReadyRow[],
  interestStarts: ReadonlyMap<number, LocalDate>,
): Promise<ReadonlyMap<string, number>> {
  const column = <T>(read: (row: ReadyRow) => T) => ready.map(read);
  const accounts = new Map(ready.map(({ account }) => [account.id, account]));
  const starts = [...interestStarts];
  const dueOn = starts.map(([accountId, start]) => interestDueOn(accounts.get(accountId)!, start));
  const rows = await tx.rows<{ id: number; external_id: string }>(sql`
    with sent as (
      select * from unnest(
        ${column(({ account }) => account.id)}::bigint[], ${column(({ account }) => account.officeId)}::bigint[],
        ${column(({ externalId }) => externalId)}::text[], ${column(({ type }) => type)}::smallint[],
        ${column(({ date }) => date)}::date[], ${column(({ amount }) => amount.toFixed())}::numeric[],
        ${column(({ note }) => note || null)}::text[])
        with ordinality as s (account_id, office_id, external_id, type, date, amount, note, place)),
    inserted as (
      insert into savings_transactions (account_id, office_id, external_id, type, date, amount, note, running_balance,
                                        submitted_on, created_by)
      select account_id, office_id, external_id, type, date, amount, note, 0, ${businessDate}::date, ${userId}::bigint
        from sent order by place
      returning id, external_id, account_id, date, balance_change),
    moved as (
      select account_id, sum(balance_change) as change, max(date) as date from inserted group by account_id),
    interest as (
      select * from unnest(${starts.map(([accountId]) => accountId)}::bigint[], ${starts.map(([, start]) => start)}::date[],
                           ${dueOn}::date[]) as i (account_id, start, due_on)),
    updated as (
      update savings_accounts a
         set balance = a.balance + m.change, last_transaction_on = greatest(a.last_transaction_on, m.date),
             interest_from = coalesce(i.start, a.interest_from),
             next_interest_posting_on = case when i.start is null then a.next_interest_posting_on else i.due_on end
        from moved m left join interest i on i.account_id = m.account_id where a.id = m.account_id)
    select id, external_id from inserted`);
  return new Map(rows.map(({ id, external_id }) => [external_id, id]));
}

/** The balances after the given transactions. */
export async function readRunningBalances(
  tx: Transaction,
  ids: readonly number[],
): Promise<{ id: number; balance: Decimal }[]> {
  return tx.rows(sql`
    select id, running_balance as balance from savings_transactions where id = any (${ids}::bigint[])`);
}
