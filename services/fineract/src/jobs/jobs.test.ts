import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDueJobs } from '../kernel/jobs/scheduler.ts';
import { innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
let jobId: number;

beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-03-15');
  const job = await bank.db.row<{ id: number }>(sql`
    insert into jobs (name, short_name, display_name, cron_expression, next_run_at)
    values ('Test Job', 'TEST', 'Test Job', '0 0 2 * * ?', '2100-01-01') returning id`);
  jobId = job.id;
  await bank.db.execute(sql`update jobs set active = false where id <> ${jobId}`);
});
afterAll(() => bank[Symbol.asyncDispose]());

const endRuns = () =>
  bank.db.execute(
    sql`update job_runs set status = 'success', finished_at = now() where job_id = ${jobId} and finished_at is null`,
  );

describe('running a job', () => {
  test('answers 202 without a body, says where to watch, and leaves run, task, audit row and event', async () => {
    const answer = await bank.post(`/jobs/${jobId}?command=executeJob`, {});
    expect(answer).toMatchObject({ status: 202, body: '' });
    expect(answer.headers['location']).toBe(`/fineract-provider/api/v1/jobs/${jobId}/runhistory/1`);
    const run = await bank.get(`/jobs/${jobId}/runhistory/1`);
    expect(run.body).toMatchObject({
      version: 1,
      status: 'running',
      triggerType: 'application',
      businessDate: [2024, 3, 15],
      failures: [],
    });
    expect((await bank.get(`/jobs/${jobId}`)).body.currentlyRunning).toBe(true);
    const tasks = await bank.db.rows(sql`select task_identifier as task from job_queue.jobs`);
    expect(tasks).toEqual([{ task: 'plan-run' }]);
    const audit = await bank.db.rows(sql`select resource_id from audit_log where action_name = 'EXECUTEJOB'`);
    expect(audit).toEqual([{ resource_id: String(jobId) }]);
  });

  test('a second time while it runs is refused and queues nothing', async () => {
    const answer = await bank.post(`/jobs/short-name/TEST?command=executeJob`, {});
    expect(answer.status).toBe(403);
    expect(innerCodes(answer)).toEqual(['error.msg.sheduler.job.inprogress']);
    expect(await bank.db.rows(sql`select from job_runs where job_id = ${jobId}`)).toHaveLength(1);
    await endRuns();
  });

  test('a repeat with the same key answers the same and starts nothing', async () => {
    const headers = { 'idempotency-key': 'run-once' };
    const first = await bank.post(`/jobs/${jobId}?command=executeJob`, {}, { headers });
    await endRuns();
    const second = await bank.post(`/jobs/${jobId}?command=executeJob`, {}, { headers });
    expect(second).toMatchObject({
      status: 202,
      headers: { location: first.headers['location'], 'x-served-from-cache': 'true' },
    });
    expect(await bank.db.rows(sql`select from job_runs where job_id = ${jobId}`)).toHaveLength(2);
  });

  test('only where batches are managed, whatever the method', async () => {
    await using reader = await openTestBank({ FINERACT_MODE_BATCH_MANAGER_ENABLED: 'false' });
    expect((await reader.get('/jobs')).status).toBe(405);
    expect((await reader.post('/jobs/1?command=executeJob')).status).toBe(405);
  });

  test.each([
    ['/jobs/999999?command=executeJob', 404, 'error.msg.sheduler.job.id.invalid'],
    ['/jobs/short-name/NONE?command=executeJob', 404, 'error.msg.sheduler.job.id.invalid'],
    ['/jobs/1?command=dance', 400, 'error.msg.query.parameter.value.unsupported'],
  ])('POST %s answers %i', async (path, status, code) => {
    const answer = await bank.post(path);
    expect([answer.status, innerCodes(answer)]).toEqual([status, [code]]);
  });
});

describe('the run history', () => {
  test('is paged, and the last run that ended stands with its job', async () => {
    const page = await bank.get(`/jobs/${jobId}/runhistory?limit=1&orderBy=version&sortOrder=desc`);
    expect(page.body).toMatchObject({
      totalFilteredRecords: 2,
      pageItems: [{ version: 2, status: 'success' }],
    });
    const [job] = (await bank.get('/jobs')).body.filter((each: { jobId: number }) => each.jobId === jobId);
    expect(job).toMatchObject({
      displayName: 'Test Job',
      shortName: 'TEST',
      cronExpression: '0 0 2 * * ?',
      active: true,
      currentlyRunning: false,
      lastRunHistory: { version: 2, status: 'success', triggerType: 'application' },
    });
    expect((await bank.get(`/jobs/${jobId}/runhistory/77`)).status).toBe(404);
  });
});

describe('changing a job', () => {
  test('moves its next run', async () => {
    const answer = await bank.put(`/jobs/${jobId}`, {
      displayName: 'Renamed',
      cronExpression: '0 30 4 * * ?',
      active: true,
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { resourceId: jobId, changes: { displayName: 'Renamed', cronExpression: '0 30 4 * * ?' } },
    });
    const { body } = await bank.get(`/jobs/short-name/TEST`);
    expect(body.nextRunTime).toMatch(/T04:30:00\.000Z$/);
  });

  test.each([
    [{}, 'validation.msg.schedulerjob.id.not.provided'],
    [{ cronExpression: '0 0 2 * *' }, 'validation.msg.schedulerjob.cronExpression.invalid'],
    [{ cronExpression: '0 0 2 * * ? 2001' }, 'validation.msg.schedulerjob.cronExpression.invalid'],
    [{ displayName: ' ' }, 'validation.msg.schedulerjob.displayName.cannot.be.blank'],
    [{ active: 'maybe' }, 'validation.msg.schedulerjob.active.must.be.true.or.false'],
    [{ name: 'x' }, 'error.msg.parameter.unsupported'],
  ])('%j is refused', async (body, code) => {
    const answer = await bank.put(`/jobs/${jobId}`, body);
    expect([answer.status, innerCodes(answer)[0]]).toEqual([400, code]);
  });
});

describe('the scheduler', () => {
  const makeDue = () =>
    bank.db.execute(sql`update jobs set next_run_at = now() - interval '1 second' where id = ${jobId}`);
  const runs = async () =>
    (await bank.db.rows(sql`select from job_runs where job_id = ${jobId} and trigger_type = 'cron'`)).length;

  test('stops and starts; what was missed starts once', async () => {
    expect(await bank.post('/scheduler?command=stop')).toMatchObject({ status: 202, body: '' });
    expect((await bank.get('/scheduler')).body).toEqual({ active: false });
    await makeDue();
    const [tenant] = await bank.instance.resources.tenants.all();
    expect(await startDueJobs(tenant!)).toEqual([]);
    expect(await bank.post('/scheduler?command=start')).toMatchObject({ status: 202 });
    // Two managers at the same moment, beside the one of the instance itself.
    await Promise.all([startDueJobs(tenant!), startDueJobs(tenant!)]);
    await expect.poll(runs).toBe(1);
    const [row] = await bank.db.rows<{ next: Date }>(
      sql`select next_run_at as next from jobs where id = ${jobId}`,
    );
    expect(row!.next.getTime()).toBeGreaterThan(Date.now());
  });

  test('leaves out a tick while the job still runs, and goes on with the next', async () => {
    const [tenant] = await bank.instance.resources.tenants.all();
    await makeDue();
    await startDueJobs(tenant!);
    expect(await runs()).toBe(1);
    await endRuns();
    await makeDue();
    await startDueJobs(tenant!);
    await expect.poll(runs).toBe(2);
    await endRuns();
    const makers = await bank.db.rows(sql`
      select distinct u.username from audit_log a join users u on u.id = a.maker_id where a.job_name = 'Test Job'`);
    expect(makers).toEqual([{ username: 'system' }]);
  });
});
