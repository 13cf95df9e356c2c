import { type Sql, sql, type Transaction } from '@fineract-gitops/db';
import type { Partition } from './job.ts';

// Small enough that a crash costs seconds and instances share evenly, large enough that the queue is no part of the cost.
const PARTITION_SIZE = 250;

/** Cuts the ids that a query lists (its one column named `id`) into ranges of equal size. */
export async function idRanges(tx: Transaction, ids: Sql, size = PARTITION_SIZE): Promise<Partition[]> {
  return tx.rows<{ firstId: number; lastId: number; items: number }>(sql`
    with numbered as (select id, (row_number() over (order by id) - 1) / ${size}::bigint as part from (${ids}) listed)
    select min(id) as "firstId", max(id) as "lastId", count(*) as items
      from numbered group by part order by part`);
}
