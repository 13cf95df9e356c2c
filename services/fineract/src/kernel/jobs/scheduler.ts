/**
 * Starts jobs when their cron expression says so, on instances with the batch manager mode. The job's row is the claim:
 * whoever locks it starts the run and moves its next time in one transaction, so several managers fire once per tick. A
 * tick that was missed (the scheduler was stopped, or nothing ran) is made up for once.
 */
import { sql, type Transaction } from '@fineract-gitops/db';
import type { Logger } from '@fineract-gitops/telemetry';
import { recordChange } from '../audit.ts';
import { readBusinessDates } from '../business-date.ts';
import type { Tenant, Tenants } from '../tenants.ts';
import { nextCronTime } from './cron.ts';
import { startRun } from './runs.ts';

export interface Scheduler {
  stop(): Promise<void>;
}

interface DueJob {
  id: number;
  name: string;
  cron_expression: string;
  next_run_at: Date | null;
}

const TICK_MS = 1_000;

export function startScheduler({
  tenants,
  logger,
}: {
  readonly tenants: Tenants;
  readonly logger: Logger;
}): Scheduler {
  let current: Promise<void> = Promise.resolve();
  let busy = false;
  const tick = async () => {
    for (const tenant of await tenants.all()) {
      for (const name of await startDueJobs(tenant))
        logger.info({ tenant: tenant.identifier, job: name }, 'job started by its schedule');
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    current = tick()
      .catch((error: unknown) => logger.warn({ err: error }, 'the schedule cannot be read; trying again'))
      .finally(() => {
        busy = false;
      });
  }, TICK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}

/** Starts what is due in one tenant; answers the names of the jobs that began. */
export async function startDueJobs(tenant: Tenant, now = new Date()): Promise<string[]> {
  const due = sql`active and (next_run_at is null or next_run_at <= ${now}::timestamptz)`;
  const waiting = await tenant.db.rowOrNull(
    sql`select from jobs where ${due} and (select active from scheduler) limit 1`,
  );
  if (!waiting) return [];
  return tenant.db.transaction(async (tx) => {
    const jobs = await tx.rows<DueJob>(sql`
      select id, name, cron_expression, next_run_at from jobs where ${due} order by id for update skip locked`);
    const started: string[] = [];
    for (const job of jobs) {
      if (job.next_run_at !== null && (await startByCron(tx, tenant, job))) started.push(job.name);
      await planNextRun(tx, tenant, job, now);
    }
    return started;
  });
}

async function startByCron(tx: Transaction, tenant: Tenant, job: DueJob): Promise<boolean> {
  const { businessDate } = await readBusinessDates(tx, tenant.timeZone);
  const { id: userId } = await tx.row<{ id: number }>(sql`select id from users where username = 'system'`);
  const run = await startRun(tx, { jobId: job.id, trigger: 'cron', userId, businessDate });
  if (!run) return false;
  await recordChange(
    tx,
    {
      action: 'EXECUTEJOB',
      entity: 'SCHEDULER',
      makerId: userId,
      url: `/jobs/${job.id}?command=executeJob`,
      command: {},
      result: { resourceId: job.id, subResourceId: run.runId },
      idempotencyKey: null,
      requestId: null,
      jobName: job.name,
    },
    {
      type: 'job.started',
      aggregateType: 'job',
      aggregateId: String(job.id),
      data: { resourceId: job.id, version: run.version },
      cacheKeys: [],
    },
  );
  return true;
}

/** Never earlier than the tick that was just taken: this machine's clock may be behind the last one's. */
async function planNextRun(tx: Transaction, tenant: Tenant, job: DueJob, now: Date): Promise<void> {
  const after = job.next_run_at !== null && job.next_run_at > now ? job.next_run_at : now;
  const next = nextCronTime(job.cron_expression, tenant.timeZone, after);
  // A schedule that is over (its year has passed) has no next time: the job stays, to be run by hand.
  await tx.execute(
    sql`update jobs set next_run_at = ${next}::timestamptz, active = ${next !== null} where id = ${job.id}`,
  );
}
