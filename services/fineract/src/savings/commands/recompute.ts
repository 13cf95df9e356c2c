/** Running balances after a change in the past. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import { type Decimal, decimal } from '@fineract-gitops/money';
import type { TransactionTypeId } from '../rules/transaction-type.ts';

/** A transaction whose part below zero changed. */
export interface OverdraftShift {
  readonly id: number;
  readonly type: TransactionTypeId;
  readonly date: LocalDate;
  readonly from: Decimal;
  readonly to: Decimal;
}

export interface Recomputed {
  /** The lowest of balance less holds after any recomputed transaction. */
  readonly lowestAvailable: Decimal;
  readonly shifts: readonly OverdraftShift[];
}

/** From which transaction on an account's running balances are computed anew, in the order of date and id. */
export interface Place {
  readonly accountId: number;
  readonly date: LocalDate;
  readonly transactionId: number;
}

interface RecomputedRow {
  account_id: number;
  opening: Decimal;
  before: Decimal;
  lowest: Decimal | null;
  ids: string[];
  types: TransactionTypeId[];
  dates: LocalDate[];
  froms: string[];
  tos: string[];
}

export async function recomputeFrom(
  tx: Transaction,
  accountId: number,
  date: LocalDate,
  transactionId: number,
): Promise<Recomputed> {
  const all = await recomputeAccounts(tx, [{ accountId, date, transactionId }]);
  return all.get(accountId)!;
}

/**
 * Recomputes any number of accounts in one statement. Each account's balance must already contain the change; what that
 * leaves for the transaction before the place must be what stands there, or the write stops.
 */
export async function recomputeAccounts(
  tx: Transaction,
  places: readonly Place[],
): Promise<ReadonlyMap<number, Recomputed>> {
  const rows = await tx.rows<RecomputedRow>(sql`
    with place as (
      select * from unnest(${places.map((place) => place.accountId)}::bigint[], ${places.map((place) => place.date)}::date[],
                           ${places.map((place) => place.transactionId)}::bigint[]) as p (account_id, date, id)),
    tail as (
      select t.id, t.account_id, t.type, t.date, t.balance_change, t.overdraft_amount,
             sum(t.balance_change) over in_order as change, sum(t.hold_change) over in_order as held
        from place p
        join savings_transactions t on t.account_id = p.account_id and (t.date, t.id) >= (p.date, p.id) and not t.reversed
      window in_order as (partition by t.account_id order by t.date, t.id)),
    moved as (
      select account_id, sum(balance_change) as change, (array_agg(held order by date desc, id desc))[1] as held
        from tail group by account_id),
    opening as (
      select a.id as account_id, a.balance - coalesce(m.change, 0) as balance, a.amount_on_hold - coalesce(m.held, 0) as on_hold,
             coalesce((select b.running_balance from savings_transactions b
                        where b.account_id = p.account_id and not b.reversed and (b.date, b.id) < (p.date, p.id)
                        order by b.date desc, b.id desc limit 1), 0) as before
        from place p join savings_accounts a on a.id = p.account_id left join moved m on m.account_id = a.id),
    computed as (
      select t.id, t.account_id, t.type, t.date, t.overdraft_amount as before, o.balance + t.change as running_balance,
             o.balance + t.change - o.on_hold - t.held as available,
             abs(least(o.balance + t.change, 0) - least(o.balance + t.change - t.balance_change, 0)) as overdraft_amount
        from tail t join opening o on o.account_id = t.account_id),
    written as (
      update savings_transactions s set running_balance = c.running_balance, overdraft_amount = c.overdraft_amount
        from computed c where s.id = c.id
         and (s.running_balance, s.overdraft_amount) is distinct from (c.running_balance, c.overdraft_amount)),
    result as (
      select account_id, min(available) as lowest,
             array_agg(id::text order by date, id) filter (where overdraft_amount <> before) as ids,
             array_agg(type::int order by date, id) filter (where overdraft_amount <> before) as types,
             array_agg(date::text order by date, id) filter (where overdraft_amount <> before) as dates,
             array_agg(before::text order by date, id) filter (where overdraft_amount <> before) as froms,
             array_agg(overdraft_amount::text order by date, id) filter (where overdraft_amount <> before) as tos
        from computed group by account_id)
    select o.account_id, o.balance as opening, o.before, r.lowest, coalesce(r.ids, '{}') as ids,
           coalesce(r.types, '{}') as types, coalesce(r.dates, '{}') as dates, coalesce(r.froms, '{}') as froms,
           coalesce(r.tos, '{}') as tos
      from opening o left join result r on r.account_id = o.account_id`);
  for (const { account_id, opening, before } of rows) {
    if (!opening.equals(before))
      throw new Error(`savings account ${account_id}: the balance is not the sum of its transactions`);
  }
  return new Map(
    rows.map((row) => [
      row.account_id,
      { lowestAvailable: row.lowest ?? row.opening, shifts: shiftsOf(row) },
    ]),
  );
}

function shiftsOf({ ids, types, dates, froms, tos }: RecomputedRow): OverdraftShift[] {
  return ids.map((id, index) => ({
    id: Number(id),
    type: types[index]!,
    date: dates[index]!,
    from: decimal(froms[index]!),
    to: decimal(tos[index]!),
  }));
}
