/** The queue: graphile-worker's tables in each tenant's database. Adding work is part of the caller's transaction. */
import { type Database, type Queryable, sql, type Transaction } from '@fineract-gitops/db';

/** Referred to by name in the SQL of this folder. */
export const QUEUE_SCHEMA = 'job_queue';

/** The steps of a run. How often each is tried again, with growing pauses, says how long an outage it outlives. */
const ATTEMPTS_MAX = { 'plan-run': 4, 'run-partition': 6, 'finish-run': 8 } as const;
export type Task = keyof typeof ATTEMPTS_MAX;

export interface TaskPayload {
  readonly runId: number;
  /** The partition's number, for `run-partition`. */
  readonly number?: number;
}

/** Brings the queue's own tables up to date. */
export async function migrateQueue(db: Database): Promise<void> {
  const { runMigrations } = await import('graphile-worker');
  await runMigrations({ pgPool: db.pool, schema: QUEUE_SCHEMA });
}

/** Queues one step. While the same step runs (an instance gives it back), the new entry takes its key over. */
export async function enqueue(tx: Queryable, task: Task, payload: TaskPayload): Promise<void> {
  await tx.execute(sql`
    select from job_queue.add_job(identifier => ${task}::text, payload => ${JSON.stringify(payload)}::json,
      max_attempts => ${ATTEMPTS_MAX[task]}::int, job_key => ${taskKey(task, payload)}::text)`);
}

/** Queues all partitions of a run in one statement. */
export async function enqueuePartitions(tx: Transaction, runId: number): Promise<void> {
  await tx.execute(sql`
    select (job_queue.add_job(identifier => 'run-partition',
             payload => json_build_object('runId', run_id, 'number', number),
             max_attempts => ${ATTEMPTS_MAX['run-partition']}::int,
             job_key => format('run-partition:%s:%s', run_id, number))).id
      from job_partitions where run_id = ${runId} order by number`);
}

function taskKey(task: Task, { runId, number }: TaskPayload): string {
  return number === undefined ? `${task}:${runId}` : `${task}:${runId}:${number}`;
}
