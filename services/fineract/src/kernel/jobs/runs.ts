/**
 * A run's life in SQL: planning → running → finishing → success, partial or failed. Every step queues the next one in
 * the transaction that ends it, so a crash leaves a step either undone and queued, or done with the next one queued.
 */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Database, type Queryable, sql, type Transaction } from '@fineract-gitops/db';
import type { Partition } from './job.ts';
import { itemsTotal, lastRunTimestampSeconds, runDurationSeconds, runsTotal } from './metrics.ts';
import { enqueue, enqueuePartitions } from './queue.ts';

export interface RunStart {
  readonly jobId: number;
  readonly trigger: 'cron' | 'application';
  readonly userId: number;
  readonly businessDate: LocalDate;
}

export interface StartedRun {
  readonly runId: number;
  /** Counts the runs of one job from 1. */
  readonly version: number;
}

/** Begins a run and queues its planning; `null` while another run of the job has not ended. */
export async function startRun(tx: Transaction, start: RunStart): Promise<StartedRun | null> {
  // The job's row orders everybody who would start it.
  await tx.row(sql`select id from jobs where id = ${start.jobId} for update`);
  const run = await tx.rowOrNull<StartedRun>(sql`
    insert into job_runs (job_id, version, trigger_type, started_by, business_date)
    select ${start.jobId}, coalesce((select max(version) from job_runs where job_id = ${start.jobId}), 0) + 1,
           ${start.trigger}, ${start.userId}, ${start.businessDate}::date
     where not exists (select from job_runs where job_id = ${start.jobId} and finished_at is null)
    returning id as "runId", version`);
  if (run) await enqueue(tx, 'plan-run', { runId: run.runId });
  return run;
}

export interface Run {
  readonly id: number;
  readonly jobName: string;
  readonly status: 'planning' | 'running' | 'finishing' | 'success' | 'partial' | 'failed';
  readonly userId: number;
  readonly businessDate: LocalDate;
}

export async function readRun(db: Database, runId: number): Promise<Run | null> {
  return db.rowOrNull<Run>(sql`
    select r.id, j.name as "jobName", r.status, r.started_by as "userId", r.business_date as "businessDate"
      from job_runs r join jobs j on j.id = r.job_id where r.id = ${runId}`);
}

/** Writes the plan down and queues its partitions, or the finish when there is nothing to do. Once per run. */
export async function recordPlan(
  tx: Transaction,
  runId: number,
  partitions: readonly Partition[],
): Promise<void> {
  const planned = await tx.execute(sql`
    update job_runs set status = ${partitions.length > 0 ? 'running' : 'finishing'}, partitions_open = ${partitions.length},
           items_total = ${partitions.reduce((total, { items }) => total + items, 0)}
     where id = ${runId} and status = 'planning'`);
  if (planned === 0) return;
  if (partitions.length === 0) return enqueue(tx, 'finish-run', { runId });
  await tx.execute(sql`
    insert into job_partitions (run_id, number, first_id, last_id, items)
    select ${runId}::bigint, part.number, part.first_id, part.last_id, part.items
      from unnest(${partitions.map(({ firstId }) => firstId)}::bigint[], ${partitions.map(({ lastId }) => lastId)}::bigint[],
                  ${partitions.map(({ items }) => items)}::integer[])
           with ordinality as part (first_id, last_id, items, number)`);
  await enqueuePartitions(tx, runId);
}

/**
 * Ends a partition; the last one to end queues the run's finish. The run's row lock decides who is last, so the finish
 * is queued exactly once however partitions end at the same moment.
 */
export async function endPartition(
  db: Database,
  runId: number,
  number: number,
  errorMessage: string | null = null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.row(sql`select id from job_runs where id = ${runId} for update`);
    const ended = await tx.execute(sql`
      update job_partitions set finished_at = now(), error_message = ${errorMessage}::text,
             failed = case when ${errorMessage !== null}::boolean then items - done - skipped else failed end
       where run_id = ${runId} and number = ${number} and finished_at is null`);
    if (ended === 0) return;
    const run = await tx.row<{ open: number }>(sql`
      update job_runs set partitions_open = partitions_open - 1 where id = ${runId} returning partitions_open as open`);
    if (run.open > 0) return;
    await tx.execute(sql`update job_runs set status = 'finishing' where id = ${runId}`);
    await enqueue(tx, 'finish-run', { runId });
  });
}

/** The versions of the job's runs on a business date that did something. */
export async function runsWithWork(
  db: Queryable,
  jobName: string,
  businessDate: LocalDate,
): Promise<number[]> {
  const rows = await db.rows<{ version: number }>(sql`
    select r.version from job_runs r join jobs j on j.id = r.job_id
     where j.name = ${jobName} and r.business_date = ${businessDate}::date
       and exists (select from job_partitions where run_id = r.id and done > 0)
     order by r.version`);
  return rows.map(({ version }) => version);
}

interface Tally {
  done: number;
  skipped: number;
  failed: number;
  partition_error: string | null;
  first_reason: string | null;
}

/** Ends a run. Its status follows from its items: a job with failures never reports success. */
export async function endRun(db: Database, run: Run, errorMessage: string | null = null): Promise<void> {
  const tally = await db.row<Tally>(sql`
    select coalesce(sum(done), 0)::int as done, coalesce(sum(skipped), 0)::int as skipped,
           coalesce(sum(failed), 0)::int as failed, min(error_message) as partition_error,
           (select min(reason) from job_item_failures where run_id = ${run.id}) as first_reason
      from job_partitions where run_id = ${run.id}`);
  const { status, message } = verdict(tally, errorMessage);
  const ended = await db.rowOrNull<{ seconds: number }>(sql`
    update job_runs set status = ${status}, error_message = ${message}::text, partitions_open = 0, finished_at = now()
     where id = ${run.id} and finished_at is null
    returning extract(epoch from now() - started_at)::float8 as seconds`);
  if (!ended) return;
  const job = run.jobName;
  runsTotal.inc({ job, status });
  lastRunTimestampSeconds.setToCurrentTime({ job, status });
  runDurationSeconds.observe({ job }, ended.seconds);
  if (tally.failed > 0) itemsTotal.inc({ job, outcome: 'failed' }, tally.failed);
}

function verdict(
  tally: Tally,
  errorMessage: string | null,
): { status: Run['status']; message: string | null } {
  if (errorMessage !== null) return { status: 'failed', message: errorMessage };
  const { done, skipped, failed } = tally;
  if (failed === 0) return { status: 'success', message: null };
  const reason = tally.partition_error ?? tally.first_reason ?? 'the reason was not written down';
  return {
    status: done + skipped === 0 ? 'failed' : 'partial',
    message: `${failed} of ${done + skipped + failed} items failed: ${reason}`,
  };
}

interface Abandoned {
  task: 'plan-run' | 'run-partition' | 'finish-run';
  run_id: number;
  number: number | null;
  queue_id: number | null;
  last_error: string | null;
}

/**
 * Ends what the queue has given up: a step that failed or took its process down each time it was tried. Without this a
 * run would stay unfinished for ever and its job could never start again.
 */
export async function settleAbandoned(db: Database): Promise<number> {
  const steps = await db.rows<Abandoned>(sql`
    with steps as (
      select case status when 'planning' then 'plan-run' else 'finish-run' end as task, id as run_id,
             null::integer as number
        from job_runs where status in ('planning', 'finishing')
      union all
      select 'run-partition', p.run_id, p.number
        from job_partitions p join job_runs r on r.id = p.run_id
       where r.status = 'running' and p.finished_at is null)
    select s.task, s.run_id, s.number, q.id as queue_id, q.last_error
      from steps s
      left join job_queue.jobs q
        on q.key = s.task || ':' || s.run_id || case when s.number is null then '' else ':' || s.number end
     where q.id is null or (q.locked_at is null and q.attempts >= q.max_attempts)`);
  for (const step of steps) await settle(db, step);
  return steps.length;
}

async function settle(db: Database, step: Abandoned): Promise<void> {
  const message = `gave up the step ${step.task}: ${step.last_error ?? 'it ended its process each time'}`;
  if (step.number !== null) await endPartition(db, step.run_id, step.number, message);
  else {
    const run = await readRun(db, step.run_id);
    if (run) await endRun(db, run, message);
  }
  if (step.queue_id !== null)
    await db.execute(sql`select job_queue.complete_jobs(array[${step.queue_id}]::bigint[])`);
}
