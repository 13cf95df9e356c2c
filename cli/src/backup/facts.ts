/** Counts what a database holds, so that a restored one can be compared with what was dumped. */
import { join, type Queryable, raw, sql } from '@fineract-gitops/db';
import type { Facts } from './manifest.ts';

/** Counts rows of every table and, in a bank's database, holds balances and journals against their parts. */
export async function gatherFacts(db: Queryable): Promise<Facts> {
  const tables = await db.rows<{ name: string; quoted: string }>(sql`
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name,
           format('%I.%I', n.nspname, c.relname) as quoted
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     order by 1`);
  // The names come quoted from the server's own catalogue.
  const counts = tables.map(
    ({ name, quoted }) => sql`select ${name}::text as name, count(*) as rows from ${raw(quoted)}`,
  );
  const rows =
    counts.length === 0 ? [] : await db.rows<{ name: string; rows: number }>(join(counts, ' union all '));
  const isBank = tables.some(({ quoted }) => quoted === 'public.savings_transactions');
  return {
    rows: Object.fromEntries(rows.map((row) => [row.name, row.rows])),
    ...(isBank ? { money: await gatherMoney(db) } : {}),
  };
}

async function gatherMoney(db: Queryable): Promise<NonNullable<Facts['money']>> {
  const balances = await db.rows<{ currency: string; total: string }>(sql`
    select currency_code as currency, sum(balance)::text as total from savings_accounts group by 1 order by 1`);
  const { accounts_off, journals_off } = await db.row<{ accounts_off: number; journals_off: number }>(sql`
    select (select count(*) from savings_accounts a
              left join (select account_id, sum(balance_change) as balance, sum(hold_change) as hold
                           from savings_transactions group by 1) t on t.account_id = a.id
             where a.balance <> coalesce(t.balance, 0) or a.amount_on_hold <> coalesce(t.hold, 0)) as accounts_off,
           (select count(*) from (
              select from journal_entries group by transaction_id, office_id, currency_code
              having sum(case entry_type when 2 then amount else -amount end) <> 0) j) as journals_off`);
  return {
    balances: Object.fromEntries(balances.map(({ currency, total }) => [currency, total])),
    accountsOff: accounts_off,
    journalsOff: journals_off,
  };
}

/** Every way in which a restored database differs from what was dumped, or is wrong in itself. */
export function compareFacts(dumped: Facts, restored: Facts): string[] {
  const problems: string[] = [];
  for (const table of new Set([...Object.keys(dumped.rows), ...Object.keys(restored.rows)])) {
    const [then, now] = [dumped.rows[table], restored.rows[table]];
    if (then !== now) problems.push(`${table} has ${now ?? 'no'} rows, the backup says ${then ?? 'none'}`);
  }
  if (!dumped.money && !restored.money) return problems;
  const [then, now] = [dumped.money?.balances ?? {}, restored.money?.balances ?? {}];
  for (const currency of new Set([...Object.keys(then), ...Object.keys(now)])) {
    if (then[currency] !== now[currency])
      problems.push(
        `savings in ${currency} come to ${now[currency] ?? 'nothing'}, the backup says ${then[currency] ?? 'nothing'}`,
      );
  }
  return [...problems, ...moneyProblems(restored)];
}

/** What is wrong with the money in itself. */
export function moneyProblems({ money }: Facts): string[] {
  return [
    ...(money?.accountsOff
      ? [`${money.accountsOff} savings balances are not the sum of their transactions`]
      : []),
    ...(money?.journalsOff ? [`${money.journalsOff} journals do not balance`] : []),
  ];
}
