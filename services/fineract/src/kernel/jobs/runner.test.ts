/** The runner on a real queue: small jobs that count what happened to real rows. */
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../../testing/test-bank.ts';
import { type Job, type JobContext, singleStepJob } from './job.ts';
import { idRanges } from './partitions.ts';
import { startRun } from './runs.ts';
import { type BatchWorker, startBatchWorker } from './worker.ts';

let bank: TestBank;
let workers: BatchWorker[] = [];

beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-03-15');
  await bank.db.execute(sql`create table things (id bigint primary key, hits integer not null default 0)`);
});
afterAll(() => bank[Symbol.asyncDispose]());
beforeEach(() => bank.db.execute(sql`truncate things`));

const things = (count: number) =>
  bank.db.execute(sql`insert into things (id) select generate_series(1, ${count}::int)`);

/** A job that counts its visits to each thing. */
function countingJob(name: string, overrides: Partial<Job> = {}): Job {
  return {
    name,
    shortName: name.slice(0, 8),
    cronExpression: '0 0 2 * * ?',
    plan: (tx) => idRanges(tx, sql`select id from things`, 10),
    listItems: async (db, _context, { firstId, lastId }) =>
      (
        await db.rows<{ id: number }>(
          sql`select id from things where id between ${firstId} and ${lastId} order by id`,
        )
      ).map(({ id }) => id),
    runItem: async (tx, _context, id) => {
      await tx.execute(sql`update things set hits = hits + 1 where id = ${id}`);
      return 'done';
    },
    ...overrides,
  };
}

async function start(job: Job): Promise<{ jobId: number; runId: number }> {
  const { id: jobId } = await bank.db.row<{ id: number }>(sql`
    insert into jobs (name, short_name, display_name, cron_expression)
    values (${job.name}, ${job.shortName}, ${job.name}, ${job.cronExpression})
    on conflict (name) do update set name = excluded.name returning id`);
  const run = await bank.db.transaction((tx) =>
    startRun(tx, { jobId, trigger: 'application', userId: 1, businessDate: '2024-03-15' as never }),
  );
  if (!run) throw new Error('the job is running');
  return { jobId, runId: run.runId };
}

function work(...jobs: Job[]): BatchWorker {
  const { tenants, logger, objects } = bank.instance.resources;
  const worker = startBatchWorker({ tenants, jobs, objects, logger, concurrency: 3, leaseSeconds: 1 });
  workers.push(worker);
  return worker;
}

async function stopWorkers(): Promise<void> {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
}

interface RunState {
  status: string;
  error_message: string | null;
  finished_at: Date | null;
}

async function ended(runId: number): Promise<RunState> {
  for (;;) {
    const run = await bank.db.row<RunState>(
      sql`select status, error_message, finished_at from job_runs where id = ${runId}`,
    );
    if (run.finished_at) return run;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const hits = async () =>
  (await bank.db.rows<{ hits: number }>(sql`select hits from things order by id`)).map(
    ({ hits: count }) => count,
  );

describe('a run', () => {
  test('does every item once, over partitions and workers, and finishes once', async () => {
    await things(95);
    let finished = 0;
    const job = countingJob('count all', {
      finish: async () => {
        finished += 1;
      },
    });
    const { runId } = await start(job);
    work(job);
    work(job);
    expect(await ended(runId)).toMatchObject({ status: 'success', error_message: null });
    await stopWorkers();
    expect(await hits()).toEqual(Array(95).fill(1));
    expect(finished).toBe(1);
    const { parts, items } = await bank.db.row<{ parts: number; items: number }>(sql`
      select count(*) as parts, sum(done)::int as items from job_partitions where run_id = ${runId}`);
    expect([parts, items]).toEqual([10, 95]);
  });

  test('with nothing to do ends in success', async () => {
    const job = countingJob('nothing');
    const { runId } = await start(job);
    work(job);
    expect((await ended(runId)).status).toBe('success');
    await stopWorkers();
  });

  test('keeps the other items when some fail, says which, and is not a success', async () => {
    await things(30);
    const job = countingJob('some fail', {
      runItem: async (tx, _context, id) => {
        await tx.execute(sql`update things set hits = hits + 1 where id = ${id}`);
        if (id % 10 === 3) throw new Error(`number ${id} is not allowed`);
        return id % 2 === 0 ? 'done' : 'skipped';
      },
    });
    const { runId } = await start(job);
    work(job);
    const run = await ended(runId);
    await stopWorkers();
    expect(run.status).toBe('partial');
    expect(run.error_message).toBe('3 of 30 items failed: number 13 is not allowed');
    expect((await hits()).filter((count) => count === 0)).toHaveLength(3);
    const failures = await bank.db.rows(
      sql`select item_id as id from job_item_failures where run_id = ${runId} order by 1`,
    );
    expect(failures).toEqual([{ id: 3 }, { id: 13 }, { id: 23 }]);
    const tally = await bank.db.row(sql`
      select sum(done)::int as done, sum(skipped)::int as skipped, sum(failed)::int as failed
        from job_partitions where run_id = ${runId}`);
    expect(tally).toEqual({ done: 15, skipped: 12, failed: 3 });
  });

  test('in which everything fails has failed', async () => {
    await things(1);
    const job = countingJob('all fail', {
      runItem: async () => {
        throw new Error('no luck');
      },
    });
    const { runId } = await start(job);
    work(job);
    expect(await ended(runId)).toMatchObject({
      status: 'failed',
      error_message: '1 of 1 items failed: no luck',
    });
    await stopWorkers();
  });

  test('of a job without items does its one step', async () => {
    let steps = 0;
    const run = async () => {
      steps += 1;
    };
    const job = singleStepJob({ name: 'one step', shortName: 'ONE', cronExpression: '0 0 2 * * ?', run });
    const { runId } = await start(job);
    work(job);
    expect((await ended(runId)).status).toBe('success');
    await stopWorkers();
    expect(steps).toBe(1);
  });

  test('of a job that this program does not know ends with a sentence', async () => {
    const { runId } = await start(countingJob('forgotten'));
    work();
    expect(await ended(runId)).toMatchObject({
      status: 'failed',
      error_message: 'this program has no job named forgotten',
    });
    await stopWorkers();
  });

  test('runs once at a time', async () => {
    await things(1);
    const job = countingJob('one at a time');
    const { runId } = await start(job);
    await expect(start(job)).rejects.toThrow('the job is running');
    work(job);
    await ended(runId);
    await stopWorkers();
    await expect(start(job)).resolves.toBeDefined();
  });
});

describe('when an instance goes away', () => {
  test('a stopped worker ends its item, and another does the rest without repeating any', async () => {
    await things(40);
    let reached: () => void = () => {};
    const underWay = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const job = countingJob('handed over', {
      plan: (tx) => idRanges(tx, sql`select id from things`, 40),
      runItem: async (tx, _context, id) => {
        await tx.execute(sql`update things set hits = hits + 1 where id = ${id}`);
        if (id === 5) {
          reached();
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return 'done';
      },
    });
    const { runId } = await start(job);
    const first = work(job);
    await underWay;
    await first.stop();
    expect((await hits()).filter((count) => count === 1)).toHaveLength(5);
    work(job);
    expect((await ended(runId)).status).toBe('success');
    await stopWorkers();
    expect(await hits()).toEqual(Array(40).fill(1));
  });

  test('two workers on the same partition do each item once', async () => {
    await things(20);
    const { runPartition } = await import('./run-partition.ts');
    const job = countingJob('same partition', { plan: (tx) => idRanges(tx, sql`select id from things`, 20) });
    const { runId } = await start(job);
    await bank.db.transaction(async (tx) => {
      const { recordPlan } = await import('./runs.ts');
      await recordPlan(tx, runId, [{ firstId: 1, lastId: 20, items: 20 }]);
    });
    const [tenant] = await bank.instance.resources.tenants.all();
    const context = {
      tenant,
      runId,
      signal: new AbortController().signal,
      logger: bank.instance.resources.logger,
    } as unknown as JobContext;
    await Promise.all([1, 2, 3].map(() => runPartition(job, context, 1)));
    expect(await hits()).toEqual(Array(20).fill(1));
    work(job);
    await ended(runId);
    await stopWorkers();
  });

  test('a step that the queue gave up ends its run, so the job can start again', async () => {
    const job = countingJob('no plan', {
      plan: async () => {
        throw new Error('the plan does not work');
      },
    });
    const { runId } = await start(job);
    await bank.db.execute(sql`
      update job_queue._private_jobs set max_attempts = 1 where key = ${`plan-run:${runId}`}`);
    work(job);
    const run = await ended(runId);
    await stopWorkers();
    expect(run.status).toBe('failed');
    expect(run.error_message).toContain('the plan does not work');
    expect(await bank.db.rows(sql`select from job_queue.jobs where key = ${`plan-run:${runId}`}`)).toEqual(
      [],
    );
  });
});
