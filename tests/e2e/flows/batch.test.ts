/** The batch flow: trigger → accounts one by one → report in the object store → messages to customers → SUCCESS. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, eventually, type FlowBank, startFlowBank } from './flow-bank.ts';

const JOB = 'Post Interest For Savings';

let flow: FlowBank;
let admin: Client;
beforeAll(async () => {
  // With the demo bank: customers with balances, e-mail addresses and telephones.
  flow = await startFlowBank([]);
  admin = await flow.signIn('admin');
});
afterAll(() => flow?.close());

interface JobBody {
  readonly jobId: number;
  readonly displayName: string;
}

async function runInterestJob() {
  const jobs = await admin.get('/api/v1/jobs');
  expect(jobs.headers.get('x-fineract-instance')).toBe('batch');
  const { jobId } = (jobs.body as JobBody[]).find(({ displayName }) => displayName === JOB)!;
  const started = await admin.post(`/api/v1/jobs/${jobId}?command=executeJob`, {});
  expect(started.status).toBe(202);
  const runs = `/api/v1/jobs/${jobId}/runhistory?limit=1&orderBy=id&sortOrder=desc`;
  return eventually('the run ended', async () => {
    const [run] = (await admin.get(runs)).body.pageItems;
    return run?.jobRunEndTime && run;
  });
}

const posted = () =>
  flow.db.rows<{ account_id: number; amount: unknown }>(
    sql`select account_id, amount from savings_transactions where type = 3 and not reversed order by id`,
  );
const messages = async () => {
  const answer = await fetch(`${flow.bank.urls['inbox']}/api/messages?limit=1000`);
  return ((await answer.json()) as { messages: { kind: string }[] }).messages;
};

test('interest, report, messages and status, each once', async () => {
  const run = await runInterestJob();
  expect(run.status.toLowerCase()).toBe('success');

  const transactions = await posted();
  expect(transactions.length).toBeGreaterThan(0);
  const unbalanced = await flow.db.rows(sql`
    select transaction_id from journal_entries group by transaction_id
    having sum(case when entry_type = 1 then amount else -amount end) <> 0`);
  expect(unbalanced).toEqual([]);

  const reports = join(flow.bank.directory, 'objects', 'reports');
  const [report = ''] = readdirSync(reports);
  expect(report).toMatch(/^interest-\d{4}-\d{2}-\d{2}\.pdf$/);
  expect(readFileSync(join(reports, report)).subarray(0, 5).toString()).toBe('%PDF-');

  const delivered = await eventually('mail and text messages arrived', async () => {
    const waiting = await flow.db.rows(sql`select from notifications where status in ('pending', 'sending')`);
    if (waiting.length > 0) return false;
    const all = await messages();
    return all.some(({ kind }) => kind === 'mail') && all.some(({ kind }) => kind === 'sms') && all;
  });

  // A second run finds nothing due: no interest, no message, no second truth.
  expect((await runInterestJob()).status.toLowerCase()).toBe('success');
  expect(await posted()).toEqual(transactions);
  expect((await messages()).length).toBe(delivered.length);
});
