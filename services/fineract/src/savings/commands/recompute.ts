/** Running balances after a change in the past, and what that does to the ledger. */
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

interface RecomputedRow {
  before: Decimal;
  opening: Decimal;
  lowest: Decimal | null;
  ids: string[];
  types: TransactionTypeId[];
  dates: LocalDate[];
  froms: string[];
  tos: string[];
}

/**
 * Computes the running balances of all transactions from a place in the order of (date, id) on, in one statement. The
 * account's balance must already contain the change; what comes out for the day before must be what stands there.
 */
export async function recomputeFrom(
  tx: Transaction,
  accountId: number,
  date: LocalDate,
  transactionId: number,
): Promise<Recomputed> {
  const row = await tx.row<RecomputedRow>(sql`
    with tail as (
      select id, type, date, balance_change, overdraft_amount,
             sum(balance_change) over in_order as change, sum(hold_change) over in_order as held
        from savings_transactions
       where account_id = ${accountId} and (date, id) >= (${date}::date, ${transactionId}::bigint) and not reversed
      window in_order as (order by date, id)),
    opening as (
      select a.balance - coalesce((select sum(balance_change) from tail), 0) as balance,
             a.amount_on_hold - coalesce((select held from tail order by date desc, id desc limit 1), 0) as on_hold
        from savings_accounts a where a.id = ${accountId}),
    right_values as (
      select t.id, t.type, t.date, t.overdraft_amount as before, o.balance + t.change as running_balance,
             o.balance + t.change - o.on_hold - t.held as available,
             abs(least(o.balance + t.change, 0) - least(o.balance + t.change - t.balance_change, 0)) as overdraft_amount
        from tail t cross join opening o),
    written as (
      update savings_transactions s set running_balance = r.running_balance, overdraft_amount = r.overdraft_amount
        from right_values r where s.id = r.id
         and (s.running_balance, s.overdraft_amount) is distinct from (r.running_balance, r.overdraft_amount))
    select (select balance from opening) as opening,
           coalesce((select running_balance from savings_transactions
                      where account_id = ${accountId} and not reversed and (date, id) < (${date}::date, ${transactionId}::bigint)
                      order by date desc, id desc limit 1), 0) as before,
           min(available) as lowest,
           coalesce(array_agg(id::text order by date, id) filter (where overdraft_amount <> before), '{}') as ids,
           coalesce(array_agg(type::int order by date, id) filter (where overdraft_amount <> before), '{}') as types,
           coalesce(array_agg(date::text order by date, id) filter (where overdraft_amount <> before), '{}') as dates,
           coalesce(array_agg(before::text order by date, id) filter (where overdraft_amount <> before), '{}') as froms,
           coalesce(array_agg(overdraft_amount::text order by date, id) filter (where overdraft_amount <> before), '{}') as tos
      from right_values`);
  if (!row.opening.equals(row.before))
    throw new Error(`savings account ${accountId}: the balance is not the sum of its transactions`);
  return { lowestAvailable: row.lowest ?? row.opening, shifts: shiftsOf(row) };
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
