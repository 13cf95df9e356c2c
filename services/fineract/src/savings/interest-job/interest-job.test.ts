import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '@fineract-gitops/db';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { done, openSavingsBank, type SavingsBank } from '../testing/savings-bank.ts';

let bank: SavingsBank;
let accounts: number[];
const objects = mkdtempSync(join(tmpdir(), 'interest-job-'));

beforeAll(async () => {
  bank = await openSavingsBank('2024-01-31', {
    FINERACT_MODE_BATCH_WORKER_ENABLED: 'true',
    OBJECTS_URL: `file://${objects}`,
  });
  accounts = [];
  for (const amount of [1000, 2000, 3000]) {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', amount);
    accounts.push(id);
  }
  // One of the customers can be reached by mail and by telephone.
  await bank.db.execute(sql`
    update clients set email_address = 'ada@example.org', mobile_no = '+254700000001'
     where id = (select client_id from savings_accounts where id = ${accounts[0]!})`);
});
afterAll(async () => {
  await bank[Symbol.asyncDispose]();
  rmSync(objects, { recursive: true });
});

async function run() {
  const started = await done(bank.post('/jobs/short-name/SA_PINT?command=executeJob'));
  expect(started).toBe('');
  const latest = async () =>
    (await bank.get('/jobs/short-name/SA_PINT/runhistory?orderBy=version&sortOrder=desc&limit=1')).body
      .pageItems[0];
  await expect.poll(async () => (await latest()).status, { timeout: 30_000 }).not.toBe('running');
  return latest();
}

const posted = () =>
  bank.db.rows<{ id: number; account_id: number; amount: unknown }>(
    sql`select id, account_id, amount::text from savings_transactions where type = 3 and not reversed order by id`,
  );
const causes = () =>
  bank.db.rows(
    sql`select channel, cause_key, data ->> 'interest' as interest from notifications order by id`,
  );
const readReport = async (name: string) => {
  const bytes = readFileSync(join(objects, 'reports', name));
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return { bytes, text };
};

describe('Post Interest For Savings', () => {
  test('has nothing to post before a month is over, and says so in the report', async () => {
    expect(await run()).toMatchObject({ status: 'success', itemsDone: 0, businessDate: [2024, 1, 31] });
    expect(await posted()).toEqual([]);
    const { text } = await readReport('interest-2024-01-31.pdf');
    expect(text).toContain('No interest was posted.');
  });

  test('posts each account once, writes the report and tells who can be told', async () => {
    await bank.setBusinessDate('2024-02-01');
    expect(await run()).toMatchObject({ status: 'success', itemsTotal: 3, itemsDone: 3, itemsFailed: 0 });
    const transactions = await posted();
    // 5 % on 1000 for 31 of 365 days, and so on.
    expect(transactions.map(({ amount }) => amount)).toEqual(['4.250000', '8.490000', '12.740000']);
    const { text } = await readReport('interest-2024-02-01.pdf');
    expect(text).toContain('Interest applied');
    expect(text).toContain('Business date: 2024-02-01');
    expect(text).toMatch(/Runs of Post Interest For Savings: 2/);
    expect(text).toMatch(/Ada Byron\s+2024-02-01\s+1,000\.00\s+4\.25\s+1,004\.25\s+USD/);
    expect(text).toMatch(/Total\s+3 postings\s+25\.48\s+USD/);
    expect(await causes()).toEqual([
      { channel: 'email', cause_key: `interest:${transactions[0]!.id}:email`, interest: '4.250000' },
      { channel: 'sms', cause_key: `interest:${transactions[0]!.id}:sms`, interest: '4.250000' },
    ]);
  });

  test('a second run posts nothing, queues no message and writes the same report', async () => {
    const before = {
      posted: await posted(),
      causes: await causes(),
      report: await readReport('interest-2024-02-01.pdf'),
    };
    expect(await run()).toMatchObject({ status: 'success', itemsDone: 0 });
    expect(await posted()).toEqual(before.posted);
    expect(await causes()).toEqual(before.causes);
    expect((await readReport('interest-2024-02-01.pdf')).bytes.equals(before.report.bytes)).toBe(true);
  });

  test('one account that cannot be posted does not hold up the others, and the run is no success', async () => {
    await bank.setBusinessDate('2024-03-01');
    const bad = accounts[1]!;
    // A trigger that refuses one account stands for whatever may be wrong with it.
    await bank.db.execute(sql`
      create function refuse_account() returns trigger language plpgsql as $$
      begin raise exception 'account % is broken', new.account_id; end $$`);
    await bank.db.execute(sql`
      create trigger broken before insert on savings_transactions for each row
        when (new.type = 3 and new.amount between 7 and 9) execute function refuse_account()`);
    expect(await run()).toMatchObject({
      status: 'partial',
      itemsDone: 2,
      itemsFailed: 1,
      jobRunErrorMessage: `1 of 3 items failed: account ${bad} is broken`,
    });
    await bank.db.execute(sql`drop trigger broken on savings_transactions`);
    // Mended, the next run does what is left, and the report then tells the whole date.
    expect(await run()).toMatchObject({ status: 'success', itemsDone: 1 });
    const { text } = await readReport('interest-2024-03-01.pdf');
    expect(text).toMatch(/Runs of Post Interest For Savings: 4, 5/);
    expect(text).toMatch(/Total\s+3 postings/);
  });

  test('every balance is the sum of its transactions, and every journal balances', async () => {
    for (const [name, broken] of Object.entries(await bank.brokenInvariants()))
      expect([name, broken]).toEqual([name, []]);
    expect(readdirSync(join(objects, 'reports'))).toContain('interest-2024-03-01.pdf');
  });
});
