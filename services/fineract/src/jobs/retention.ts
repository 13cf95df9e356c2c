import { type Queryable, type Sql, sql } from '@fineract-gitops/db';

/**
 * The moment before which rows may go, as SQL; `null` when the configuration is switched off and everything is kept.
 *
 * @param name a configuration whose value is a number of days
 */
export async function keptSince(db: Queryable, name: string): Promise<Sql | null> {
  const row = await db.rowOrNull<{ days: number }>(
    sql`select value as days from configurations where name = ${name} and enabled and value > 0`,
  );
  return row && sql`now() - make_interval(days => ${row.days}::int)`;
}
