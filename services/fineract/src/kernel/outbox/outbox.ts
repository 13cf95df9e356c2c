/**
 * Events, in two steps that a crash may interrupt anywhere: a stamper gives committed events their place in one line, and
 * each consumer follows the line with a cursor of its own. Delivery is at least once and in order per aggregate.
 */
import { type Database, sql } from '@fineract-gitops/db';
import type { Tenant } from '../tenants.ts';

export interface OutboxEvent {
  readonly uid: string;
  readonly type: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly data: unknown;
  readonly cacheKeys: readonly string[];
  readonly occurredAt: string;
  readonly position: number;
}

export interface OutboxConsumer {
  readonly name: string;
  /** Must be safe to call again with the same events. Throwing leaves them for the next round. */
  deliver(tenant: Tenant, events: readonly OutboxEvent[]): Promise<void>;
}

/** How many events one step takes at most; fewer means that there were no more. */
export const BATCH_SIZE = 500;
const STAMPER_LOCK = 7_462_012;

/** Stamps committed events in the order of their ids; answers how many. One stamper at a time, whoever is first. */
export async function stampEvents(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const lock = await tx.row<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${STAMPER_LOCK}::bigint) as locked`,
    );
    if (!lock.locked) return 0;
    return tx.execute(sql`
      update outbox_events e set position = stamped.position
        from (select id, nextval('outbox_position') as position
                from (select id from outbox_events where position is null order by id limit ${BATCH_SIZE}) pending) stamped
       where e.id = stamped.id`);
  });
}

/** Hands one consumer its next events and moves its cursor; answers how many. */
export async function deliverNext(tenant: Tenant, consumer: OutboxConsumer): Promise<number> {
  return tenant.db.transaction(async (tx) => {
    const cursor = await tx.rowOrNull<{ position: number }>(
      sql`select position from outbox_consumers where name = ${consumer.name} for update skip locked`,
    );
    if (!cursor) return 0;
    const events = await tx.rows<OutboxEvent>(sql`
      select uid, type, aggregate_type as "aggregateType", aggregate_id as "aggregateId", data,
             cache_keys as "cacheKeys", to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt",
             position
        from outbox_events
       where position > ${cursor.position}
       order by position
       limit ${BATCH_SIZE}`);
    const last = events.at(-1);
    if (!last) return 0;
    await consumer.deliver(tenant, events);
    await tx.execute(sql`
      update outbox_consumers set position = ${last.position}, updated_at = now() where name = ${consumer.name}`);
    return events.length;
  });
}

/** Makes sure that a consumer has a cursor; a new one starts at the beginning of what is kept. */
export async function registerConsumer(db: Database, name: string): Promise<void> {
  await db.execute(sql`insert into outbox_consumers (name) values (${name}) on conflict do nothing`);
}

/** Events that the slowest consumer has not had yet. */
export async function countPending(db: Database): Promise<number> {
  const row = await db.row<{ pending: number }>(sql`
    select (select count(*) from outbox_events where position is null)
         + (select count(*) from outbox_events
             where position > coalesce((select min(position) from outbox_consumers), 0)) as pending`);
  return row.pending;
}
