/** Does the items of a partition, one transaction each, from where an earlier attempt got to. */
import { isConnectionFailure, isRetryable, sql } from '@fineract-gitops/db';
import { describeFailure } from './describe-failure.ts';
import type { ItemOutcome, Job, JobContext, Partition } from './job.ts';
import { itemsTotal } from './metrics.ts';

const ATTEMPTS_MAX = 3;

interface PartitionRow extends Partition {
  readonly settledId: number | null;
  readonly finished: boolean;
}

/** @returns whether the partition is through; `false` when the instance stops and the rest is for others */
export async function runPartition(job: Job, context: JobContext, number: number): Promise<boolean> {
  const { db } = context.tenant;
  const partition = await db.row<PartitionRow>(sql`
    select first_id as "firstId", last_id as "lastId", items, settled_id as "settledId", finished_at is not null as finished
      from job_partitions where run_id = ${context.runId} and number = ${number}`);
  if (partition.finished) return true;
  for (const itemId of await job.listItems(db, context, partition)) {
    if (partition.settledId !== null && itemId <= partition.settledId) continue;
    if (context.signal.aborted) return false;
    await settleItem(job, context, number, itemId);
  }
  return true;
}

async function settleItem(job: Job, context: JobContext, number: number, itemId: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await commitItem(job, context, number, itemId);
    } catch (error) {
      // The database is away: nothing is known about the item, so the queue tries the rest of the partition again.
      if (isConnectionFailure(error)) throw error;
      if (isRetryable(error) && attempt < ATTEMPTS_MAX) continue;
      context.logger.warn({ err: error, job: job.name, runId: context.runId, itemId }, 'an item failed');
      return recordFailure(context, number, itemId, describeFailure(error));
    }
  }
}

async function commitItem(job: Job, context: JobContext, number: number, itemId: number): Promise<void> {
  const afterwards: (() => void)[] = [];
  const outcome = await context.tenant.db.transaction(async (tx): Promise<ItemOutcome | 'settled'> => {
    // Whoever moves the mark does the item: a second worker on the same partition waits here and then passes on.
    const mine = await tx.execute(sql`
      update job_partitions set settled_id = ${itemId}, done = done + 1
       where run_id = ${context.runId} and number = ${number} and finished_at is null
         and (settled_id is null or settled_id < ${itemId})`);
    if (mine === 0) return 'settled';
    const result = await job.runItem(tx, context, itemId, (work) => afterwards.push(work));
    if (result === 'skipped') {
      await tx.execute(sql`
        update job_partitions set done = done - 1, skipped = skipped + 1
         where run_id = ${context.runId} and number = ${number}`);
    }
    return result;
  });
  for (const work of afterwards) work();
  if (outcome !== 'settled') itemsTotal.inc({ job: job.name, outcome });
}

async function recordFailure(
  { tenant, runId }: JobContext,
  number: number,
  itemId: number,
  reason: string,
): Promise<void> {
  await tenant.db.transaction(async (tx) => {
    const mine = await tx.execute(sql`
      update job_partitions set settled_id = ${itemId}, failed = failed + 1
       where run_id = ${runId} and number = ${number} and finished_at is null
         and (settled_id is null or settled_id < ${itemId})`);
    if (mine === 0) return;
    await tx.execute(sql`
      insert into job_item_failures (run_id, item_id, reason) values (${runId}, ${itemId}, ${reason})`);
  });
}
