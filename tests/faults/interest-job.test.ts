/** The interest job under kills: nothing is lost, doubled or half-done, and the run ends by itself. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli } from '../e2e/loading/cli-process.ts';
import { type CoreCluster, type CoreInstance, startCluster } from './core-cluster.ts';
import { openManyAccounts } from './many-accounts.ts';

const ACCOUNTS = 1_500;

let cluster: CoreCluster;

beforeAll(async () => {
  cluster = await startCluster();
  const write = await cluster.startInstance('write');
  await openManyAccounts(cluster, write.url, ACCOUNTS);
  await write.stop();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const setBusinessDate = (date: string) =>
  cluster.db.execute(sql`
    insert into business_dates (type, date) values ('BUSINESS_DATE', ${date}::date)
    on conflict (type) do update set date = excluded.date`);

async function postedOn(date: string): Promise<number> {
  const { count } = await cluster.db.row<{ count: number }>(
    sql`select count(*) as count from savings_interest_postings where posting_date = ${date}::date`,
  );
  return count;
}

/** Waits until the run is well under way and far from its end. */
async function midRun(date: string): Promise<void> {
  for (;;) {
    const posted = await postedOn(date).catch(() => 0);
    if (posted >= 50) {
      expect(posted).toBeLessThan(ACCOUNTS - 50);
      return;
    }
    await sleep(5);
  }
}

function startJob(instance: CoreInstance) {
  return startCli({ url: instance.url, password: cluster.password }, [
    'job',
    'run',
    'SA_PINT',
    '--wait',
    '--json',
  ]);
}

async function expectEachAccountPostedOnce(date: string): Promise<void> {
  expect(await postedOn(date)).toBe(ACCOUNTS);
  const wrong = await cluster.db.rows(sql`
    select account_id from savings_transactions where type = 3 and date = ${date}::date and not reversed
     group by account_id having count(*) <> 1`);
  expect(wrong).toEqual([]);
  const unbalanced = await cluster.db.rows(sql`
    select a.id from savings_accounts a left join savings_transactions t on t.account_id = a.id
     group by a.id having a.balance <> coalesce(sum(t.balance_change), 0)`);
  expect(unbalanced).toEqual([]);
  const journals = await cluster.db.rows(sql`
    select transaction_id from journal_entries group by transaction_id
    having sum(case entry_type when 2 then amount else -amount end) <> 0`);
  expect(journals).toEqual([]);
  const { transactions, journalled, audited } = await cluster.db.row<Record<string, number>>(sql`
    select count(*) as transactions,
           count(*) filter (where exists (select from journal_entries e where e.transaction_id = 'S' || t.id)) as journalled,
           (select count(*) from audit_log where action_name = 'POSTINTEREST' and command ->> 'upTo' = ${date}) as audited
      from savings_transactions t where t.type = 3 and t.date = ${date}::date`);
  expect({ transactions, journalled, audited }).toEqual({
    transactions: ACCOUNTS,
    journalled: ACCOUNTS,
    audited: ACCOUNTS,
  });
  expect(readdirSync(join(cluster.objectsDirectory, 'reports'))).toContain(`interest-${date}.pdf`);
}

const success = { status: 'success', itemsTotal: ACCOUNTS, itemsDone: ACCOUNTS, itemsFailed: 0 };

describe('the interest job', () => {
  test('goes on when an instance is killed, and posts each account once', async () => {
    await setBusinessDate('2024-02-01');
    const survivor = await cluster.startInstance('batch');
    const victim = await cluster.startInstance('batch');
    const cli = startJob(survivor);
    await midRun('2024-02-01');
    await victim.kill();
    const outcome = await cli.outcome;
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout)).toMatchObject(success);
    await expectEachAccountPostedOnce('2024-02-01');
    expect(await survivor.stop()).toBe(0);
  });

  test('gives its work back when an instance is stopped, and the other does it', async () => {
    await setBusinessDate('2024-03-01');
    const stays = await cluster.startInstance('batch');
    const goes = await cluster.startInstance('batch');
    const cli = startJob(stays);
    await midRun('2024-03-01');
    expect(await goes.stop()).toBe(0);
    const outcome = await cli.outcome;
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout)).toMatchObject(success);
    await expectEachAccountPostedOnce('2024-03-01');
    await stays.stop();
  });

  test('goes on when PostgreSQL is killed and comes back', async () => {
    await setBusinessDate('2024-04-01');
    const instance = await cluster.startInstance('batch');
    const cli = startJob(instance);
    await midRun('2024-04-01');
    await cluster.crashPostgres();
    const outcome = await cli.outcome;
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout)).toMatchObject(success);
    await expectEachAccountPostedOnce('2024-04-01');
    await instance.stop();
  });

  test('of all instances killed goes on when one comes back', async () => {
    await setBusinessDate('2024-05-01');
    const first = await cluster.startInstance('batch');
    const cli = startJob(first);
    await midRun('2024-05-01');
    await first.kill();
    await cli.outcome;
    const second = await cluster.startInstance('batch');
    const address = { url: second.url, password: cluster.password };
    // The run goes on: to run the job means to join it.
    const joined = await runCli(address, ['job', 'run', 'Post Interest For Savings', '--wait', '--json']);
    expect(joined).toMatchObject({ code: 0 });
    expect(JSON.parse(joined.stdout)).toMatchObject({ ...success, joined: true });
    await expectEachAccountPostedOnce('2024-05-01');
    const history = await runCli(address, ['job', 'history', 'SA_PINT', '--limit', '1', '--json']);
    expect(JSON.parse(history.stdout)).toMatchObject([success]);
    const unknown = await runCli(address, ['job', 'run', 'NONE']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('SA_PINT (Post Interest For Savings)');
    await second.stop();
  });
});
