/** The three steps of a run, as the queue calls them. Each may be called again after a crash and then does the rest. */

import type { Tenant } from '../tenants.ts';
import type { Job, JobContext } from './job.ts';
import { enqueue, type Task, type TaskPayload } from './queue.ts';
import { runPartition } from './run-partition.ts';
import { endPartition, endRun, type Run, readRun, recordPlan } from './runs.ts';

export interface StepsOptions extends Pick<JobContext, 'objects' | 'logger' | 'signal'> {
  readonly tenant: Tenant;
  readonly jobs: readonly Job[];
}

type Step = (payload: unknown) => Promise<void>;

export function jobSteps(options: StepsOptions): Record<Task, Step> {
  const { tenant, jobs } = options;

  /** Calls `work` while the run is in the state that the step is for; otherwise an earlier attempt did the step. */
  const during = (
    status: Run['status'],
    work: (job: Job, context: JobContext, run: Run) => Promise<void>,
  ) => {
    return async (runId: number) => {
      const run = await readRun(tenant.db, runId);
      if (run?.status !== status) return;
      const job = jobs.find(({ name }) => name === run.jobName);
      if (!job) return endRun(tenant.db, run, `this program has no job named ${run.jobName}`);
      await work(job, contextOf(options, run), run);
    };
  };

  const plan = during('planning', (job, context) =>
    tenant.db.transaction(async (tx) => recordPlan(tx, context.runId, await job.plan(tx, context))),
  );
  const partition = (number: number) =>
    during('running', async (job, context) => {
      const through = await runPartition(job, context, number);
      if (through) await endPartition(tenant.db, context.runId, number);
      else await enqueue(tenant.db, 'run-partition', { runId: context.runId, number });
    });
  const finish = during('finishing', async (job, context, run) => {
    await job.finish?.(context);
    await endRun(tenant.db, run);
  });

  return {
    'plan-run': (payload) => plan((payload as TaskPayload).runId),
    'run-partition': (payload) => {
      const { runId, number } = payload as Required<TaskPayload>;
      return partition(number)(runId);
    },
    'finish-run': (payload) => finish((payload as TaskPayload).runId),
  };
}

function contextOf({ tenant, objects, logger, signal }: StepsOptions, run: Run): JobContext {
  const { jobName, id: runId, businessDate, userId } = run;
  return { tenant, jobName, runId, businessDate, userId, objects, logger, signal };
}
