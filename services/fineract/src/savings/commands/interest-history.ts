/** What the interest of an account is computed from. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import { type Decimal, sum } from '@fineract-gitops/money';
import type { BalanceChange } from '../rules/interest/calculate.ts';
import type { InterestHistory } from '../rules/interest/plan.ts';
import type { ActiveAccount } from './locked-account.ts';

/** The first day whose interest is not settled. */
export function unsettledFrom(account: ActiveAccount): LocalDate {
  return account.lastInterestPostingOn ?? account.interestFrom ?? account.activatedOn;
}

/**
 * Everything from `start` on, a day per entry. Interest of periods that end after `start` is left out: it is what will be
 * planned.
 */
export async function readHistory(
  tx: Transaction,
  account: ActiveAccount,
  start: LocalDate,
): Promise<InterestHistory> {
  const rows = await tx.rows<BalanceChange & { planned: Decimal }>(sql`
    select t.date, coalesce(sum(t.balance_change) filter (where p.transaction_id is null), 0) as amount,
           coalesce(sum(t.balance_change) filter (where p.transaction_id is not null), 0) as planned
      from savings_transactions t
      left join savings_interest_postings p on p.transaction_id = t.id and p.posting_date > ${start}::date
     where t.account_id = ${account.id} and t.date >= ${start}::date and not t.reversed
     group by t.date order by t.date`);
  const since = sum(rows.map(({ amount, planned }) => amount.plus(planned)));
  const { carry } = await tx.row<{ carry: Decimal }>(sql`
    select coalesce((select carry from savings_interest_postings
                      where account_id = ${account.id} and posting_date = ${start}::date), 0)::numeric as carry`);
  return { start, opening: account.balance.minus(since), carry, changes: rows };
}
