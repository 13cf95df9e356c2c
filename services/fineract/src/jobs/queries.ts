/** Jobs, their runs and the scheduler, in Fineract's shapes, with the counts of our runs beside them. */
import { type Sql, sql } from '@fineract-gitops/db';
import {
  notFound,
  type Page,
  pageOf,
  pathId,
  type QueryContext,
  type RouteInput,
  readPaging,
  withoutNulls,
} from '../kernel/index.ts';
import { findJobId, jobNamedBy, jobNotFound } from './job-row.ts';

interface JobRow {
  id: number;
  name: string;
  short_name: string;
  display_name: string;
  cron_expression: string;
  active: boolean;
  next_run_at: Date | null;
  running: boolean;
  last_run: RunRow | null;
}

interface RunRow {
  version: number;
  status: string;
  trigger_type: string;
  business_date: string;
  started_at: Date | string;
  finished_at: Date | string | null;
  error_message: string | null;
  items_total: number;
  done: number;
  skipped: number;
  failed: number;
}

const runColumns = sql`
  r.version, r.status, r.trigger_type, r.business_date, r.started_at, r.finished_at, r.error_message, r.items_total,
  coalesce(p.done, 0)::int as done, coalesce(p.skipped, 0)::int as skipped, coalesce(p.failed, 0)::int as failed`;

const tallies = sql`
  left join lateral (select sum(done) as done, sum(skipped) as skipped, sum(failed) as failed
                       from job_partitions where run_id = r.id) p on true`;

// The last run that ended, as in Fineract; the one that is going on shows as `currentlyRunning`.
const selectJobs = (where: Sql) => sql`
  select j.id, j.name, j.short_name, j.display_name, j.cron_expression, j.active, j.next_run_at,
         exists (select from job_runs where job_id = j.id and finished_at is null) as running,
         (select to_jsonb(last) from (
            select ${runColumns} from job_runs r ${tallies}
             where r.job_id = j.id and r.finished_at is not null order by r.version desc limit 1) last) as last_run
    from jobs j where ${where} order by j.id`;

export async function listJobs({ db }: QueryContext): Promise<unknown> {
  const rows = await db.rows<JobRow>(selectJobs(sql`true`));
  return rows.map(jobBody);
}

export async function readJob({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const row = await db.rowOrNull<JobRow>(selectJobs(jobNamedBy(input)));
  if (!row) throw jobNotFound(input);
  return jobBody(row);
}

const RUN_ORDER = {
  version: 'r.version',
  id: 'r.id',
  runStartTime: 'r.started_at',
  runEndTime: 'r.finished_at',
  status: 'r.status',
};

export async function listRuns({ db }: QueryContext, input: RouteInput): Promise<Page<unknown>> {
  const jobId = await findJobId(db, input);
  const paging = readPaging(input, RUN_ORDER);
  const { total } = await db.row<{ total: number }>(
    sql`select count(*) as total from job_runs where job_id = ${jobId}`,
  );
  const rows = await db.rows<RunRow>(sql`
    select ${runColumns} from job_runs r ${tallies} where r.job_id = ${jobId}
     order by ${paging.orderBy}, r.version limit ${paging.limit} offset ${paging.offset}`);
  return pageOf(total, rows.map(runBody));
}

const FAILURES_SHOWN = 100;

/** One run with what failed in it: how a run that goes on is watched. */
export async function readRun({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const jobId = await findJobId(db, input);
  const version = pathId(input, 'version', 'sheduler.job.run');
  const row = await db.rowOrNull<RunRow & { id: number }>(sql`
    select r.id, ${runColumns} from job_runs r ${tallies} where r.job_id = ${jobId} and r.version = ${version}`);
  if (!row) throw notFound('sheduler.job.run', version);
  const failures = await db.rows(sql`
    select item_id as "itemId", reason from job_item_failures where run_id = ${row.id}
     order by item_id limit ${FAILURES_SHOWN}`);
  return { ...runBody(row), failures };
}

export async function readScheduler({ db }: QueryContext): Promise<{ active: boolean }> {
  return db.row<{ active: boolean }>(sql`select active from scheduler`);
}

function jobBody(row: JobRow) {
  return withoutNulls({
    jobId: row.id,
    displayName: row.display_name,
    shortName: row.short_name,
    nextRunTime: row.active ? row.next_run_at?.toISOString() : null,
    cronExpression: row.cron_expression,
    active: row.active,
    currentlyRunning: row.running,
    lastRunHistory: row.last_run ? runBody(row.last_run) : null,
  });
}

function runBody(row: RunRow) {
  const time = (value: Date | string | null) => (value === null ? null : new Date(value).toISOString());
  return withoutNulls({
    version: row.version,
    jobRunStartTime: time(row.started_at),
    jobRunEndTime: time(row.finished_at),
    status: row.finished_at === null ? 'running' : row.status,
    jobRunErrorMessage: row.error_message,
    triggerType: row.trigger_type,
    businessDate: row.business_date.split('-').map(Number),
    itemsTotal: row.items_total,
    itemsDone: row.done,
    itemsSkipped: row.skipped,
    itemsFailed: row.failed,
  });
}
