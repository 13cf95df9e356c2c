/** End-of-day balances, for comparing an import with where it came from. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import { type QueryContext, queryInteger, type RouteInput } from '../../kernel/index.ts';

const ACCOUNTS_DEFAULT = 500;
const ACCOUNTS_MAX = 5_000;

interface DayRow {
  id: number;
  external_id: string;
  date: LocalDate | null;
  balance: Decimal;
}

/**
 * A page of accounts with external ids, in the order of their ids, each with the balance at the end of every day that it
 * moved. `afterId` is the last page's `nextAfterId`; an answer without one was the last page.
 */
export async function dailyBalances({ db, user }: QueryContext, input: RouteInput): Promise<unknown> {
  const afterId = queryInteger(input, 'afterId') ?? 0;
  const limit = Math.min(queryInteger(input, 'limit') || ACCOUNTS_DEFAULT, ACCOUNTS_MAX);
  const rows = await db.rows<DayRow>(sql`
    with page as (
      select a.id, a.external_id from savings_accounts a
        join clients c on c.id = a.client_id join offices o on o.id = c.office_id
       where a.id > ${afterId} and a.external_id is not null and o.hierarchy like ${`${user.officeHierarchy}%`}
       order by a.id limit ${limit})
    select distinct on (p.id, t.date) p.id, p.external_id, t.date, t.running_balance as balance
      from page p left join savings_transactions t on t.account_id = p.id and not t.reversed
     order by p.id, t.date, t.id desc`);
  const accounts = [...Map.groupBy(rows, ({ id }) => id)].map(([accountId, days]) => ({
    accountId,
    accountExternalId: days[0]!.external_id,
    days: days.flatMap(({ date, balance }) => (date === null ? [] : [{ date, balance }])),
  }));
  const last = accounts.at(-1);
  return { accounts, ...(last && accounts.length === limit ? { nextAfterId: last.accountId } : {}) };
}
