/**
 * The migration of a real bank's year: 77 offices, 5,369 clients, 4,500 accounts, 28,205 transactions. The importer and the
 * bank are killed on the way; afterwards nothing is lost and nothing doubled, and every account-day agrees with the source.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { berkaDirectory, hasBerka } from '../support/berka.ts';
import { runCli, startCli } from './loading/cli-process.ts';
import { type CoreProcess, startCore } from './loading/core-process.ts';

const projectRoot = new URL('../..', import.meta.url).pathname;
const berka = berkaDirectory;
const mapping = join(projectRoot, 'bank-config/imports/berka/mapping.yaml');
const words = ['import', '--mapping', mapping, '--source', berka];

let core: CoreProcess;
let place: string;

beforeAll(async () => {
  if (!hasBerka) return;
  place = mkdtempSync(join(tmpdir(), 'import-'));
  core = await startCore();
  const bank = await runCli(core, [
    'config',
    'apply',
    join(projectRoot, 'bank-config/imports/berka/bank'),
    '--yes',
  ]);
  expect(bank.code, bank.stderr).toBe(0);
});
afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  if (place) rmSync(place, { recursive: true, force: true });
});

async function transactionsInBank(): Promise<number> {
  return (await core.db.row<{ n: number }>(sql`select count(*) as n from savings_transactions`)).n;
}

/** Waits until some transactions are there, but not all. */
async function untilUnderWay(from: number): Promise<void> {
  for (;;) {
    const n = await transactionsInBank();
    if (n > from) return;
    await sleep(20);
  }
}

describe.skipIf(!hasBerka)('the import of a real bank', () => {
  test('a dry run checks every row and sends nothing', async () => {
    const { code, stdout, stderr } = await runCli(core, [...words, '--dry-run']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Every row can be imported .* Nothing was sent\./);
    expect(await core.db.row(sql`select count(*) as n from clients`)).toEqual({ n: 0 });
  });

  test('the importer killed in the middle of the transactions', async () => {
    const { child, outcome } = startCli(core, words);
    await untilUnderWay(0);
    child.kill('SIGKILL');
    expect((await outcome).code).toBe(null);
    expect(await transactionsInBank()).toBeLessThan(28_205);
  });

  test('the bank killed under the resumed import, which goes on when it is back', async () => {
    const { outcome } = startCli(core, [...words, '--resume', '--report', join(place, 'report.json')]);
    await untilUnderWay(await transactionsInBank());
    await core.kill();
    await core.start();
    const { code, stdout, stderr } = await outcome;
    expect(stdout, stderr).toContain('The import reconciles');
    expect(code).toBe(0);
  });

  test('the report accounts for every row, type and account-day', () => {
    const { reconciliation } = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'));
    expect(reconciliation).toMatchObject({
      reconciled: true,
      tolerance: 1,
      accountDays: 23_440,
      differences: [],
      rejected: [],
      unexpectedBalances: [],
      counts: [
        { entity: 'offices', read: 77, accepted: 77 },
        { entity: 'clients', read: 5369, accepted: 5369 },
        { entity: 'savingsAccounts', read: 4500, accepted: 4500 },
        { entity: 'transactions', read: 28_205, accepted: 28_205 },
      ],
    });
    expect(reconciliation.accounts).toHaveLength(1139);
    expect(reconciliation.totals).toMatchObject([
      { type: 'deposit', source: { count: 9147 }, bank: { count: 9147 } },
      { type: 'fee', source: { count: 2931 }, bank: { count: 2931 } },
      { type: 'interest', source: { count: 6065 }, bank: { count: 6065 } },
      { type: 'withdrawal', source: { count: 10_062 }, bank: { count: 10_062 } },
    ]);
  });

  test('in the bank nothing is lost, doubled or out of balance', async () => {
    expect(await transactionsInBank()).toBe(28_205);
    const broken = await core.db.rows(sql`
      select a.id from savings_accounts a left join savings_transactions t on t.account_id = a.id
       group by a.id having a.balance <> coalesce(sum(t.balance_change), 0)`);
    expect(broken).toEqual([]);
    const unbalanced = await core.db.rows(sql`
      select transaction_id from journal_entries group by transaction_id
      having sum(case entry_type when 1 then amount else -amount end) <> 0`);
    expect(unbalanced).toEqual([]);
    const { n } = await core.db.row<{ n: number }>(
      sql`select count(distinct transaction_id) as n from journal_entries`,
    );
    expect(n).toBe(28_205);
    const women = await core.db.row<{ n: number }>(sql`
      select count(*) as n from clients c join code_values v on v.id = c.gender_code_value_id where v.name = 'Female'`);
    expect(women.n).toBe(womenOfSource());
  });

  test('a second import finds everything there, changes nothing and reconciles again', async () => {
    const audit = async () =>
      (await core.db.row<{ n: number }>(sql`select count(*) as n from savings_transactions`)).n;
    const before = await audit();
    const { code, stdout } = await runCli(core, [...words, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).reconciliation.reconciled).toBe(true);
    expect(await audit()).toBe(before);
    const resumed = await runCli(core, [...words, '--resume']);
    expect(resumed.code).toBe(2);
    expect(resumed.stderr).toContain('There is nothing to resume');
  });

  test('a balance that somebody changed is found, with the line of the source', async () => {
    const { id } = await core.db.row<{ id: number }>(
      sql`select account_id as id from savings_transactions where external_id = 'berka-695247'`,
    );
    const changed = await fetch(
      `${core.url}/fineract-provider/api/v1/savingsaccounts/${id}/transactions?command=deposit`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`admin:${core.password}`)}`,
          'fineract-platform-tenantid': 'default',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          transactionDate: '1993-12-31',
          transactionAmount: 5,
          dateFormat: 'yyyy-MM-dd',
          locale: 'en',
        }),
      },
    );
    expect(changed.status, await changed.text()).toBe(200);
    const { code, stdout } = await runCli(core, words);
    expect(code).toBe(5);
    expect(stdout).toMatch(/trans-1993\.csv:\d+: berka-2378 on 1993-12-31: bank [\d.]+, source [\d.]+/);
    expect(stdout).toContain('does NOT reconcile');
  });
});

function womenOfSource(): number {
  const lines = readFileSync(join(berka, 'client.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.filter((line) => Number(line.split(';')[1]!.replaceAll('"', '').slice(2, 4)) > 50).length;
}
