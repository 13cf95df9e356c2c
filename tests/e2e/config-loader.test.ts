/** The data loader on a bank that has just been born: apply, plan again, change, refuse, resume. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli } from './loading/cli-process.ts';
import { type CoreProcess, startCore } from './loading/core-process.ts';

const demo = new URL('../../bank-config/demo', import.meta.url).pathname;
let core: CoreProcess;
let directory: string;

beforeAll(async () => {
  core = await startCore();
  directory = mkdtempSync(join(tmpdir(), 'loader-'));
  cpSync(demo, directory, { recursive: true });
});
afterAll(async () => {
  await core[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

function edit(file: string, from: string, to: string): void {
  const path = join(directory, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
}

async function auditRows(): Promise<number> {
  return (await core.db.row<{ n: number }>(sql`select count(*) as n from audit_log`)).n;
}

describe('config', () => {
  test('plan shows everything as new, and sends nothing', async () => {
    const before = await auditRows();
    const { code, stdout } = await runCli(core, ['config', 'plan', directory, '--exit-code']);
    expect(code, stdout).toBe(5);
    expect(stdout).toMatch(/^\+ office "Nairobi Branch" {2}\(.*offices\.yaml:6\)$/m);
    expect(stdout).toMatch(/Plan: \d+ to create, \d+ to change, \d+ as they should be/);
    expect(await auditRows()).toBe(before);
  });

  test('apply needs a yes when there is no terminal', async () => {
    const { code, stderr } = await runCli(core, ['config', 'apply', directory]);
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
  });

  test('apply needs the first password of users, by its variable, before anything is sent', async () => {
    const before = await auditRows();
    const { code, stderr } = await runCli(core, ['config', 'apply', directory, '--yes'], {
      DEMO_PASSWORD: '',
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /users\.yaml:\d+:\d+: items\[0\]\.password: The environment variable DEMO_PASSWORD is not set/,
    );
    expect(await auditRows()).toBe(before);
  });

  test('apply that is killed half-way is taken up by the next', async () => {
    const { child, outcome } = startCli(core, ['config', 'apply', directory, '--yes']);
    child.stderr?.on('data', (text) => String(text).includes('[30/') && child.kill('SIGKILL'));
    expect((await outcome).code).toBe(null);
    const { code, stdout, stderr } = await runCli(core, ['config', 'apply', directory, '--yes']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Created \d+, changed \d+, \d+ were as they should be/);
  });

  test('a second plan is empty, and so is a third', async () => {
    for (const words of [
      ['config', 'plan', directory, '--exit-code'],
      ['config', 'plan', directory, '--exit-code'],
    ]) {
      const { code, stdout } = await runCli(core, words);
      expect(stdout).toMatch(/^No changes\./);
      expect(code).toBe(0);
    }
  });

  test('every deposit of the demonstration is there once, and the ledger balances', async () => {
    const wanted = readFileSync(join(directory, 'demo-data.yaml'), 'utf8').match(
      /type: (deposit|withdrawal)/g,
    )?.length;
    const { n } = await core.db.row<{ n: number }>(
      sql`select count(*) as n from savings_transactions where type in (1, 2)`,
    );
    expect(n).toBe(wanted);
    const unbalanced = await core.db.rows(sql`
      select transaction_id from journal_entries group by transaction_id
      having sum(case entry_type when 1 then amount else -amount end) <> 0`);
    expect(unbalanced).toEqual([]);
    const drifted = await core.db.rows(sql`
      select a.id from savings_accounts a left join savings_transactions t on t.account_id = a.id
       group by a.id having a.balance <> coalesce(sum(t.balance_change), 0)`);
    expect(drifted).toEqual([]);
  });

  test('a change in the files shows as a difference and is applied', async () => {
    edit('savings-products.yaml', 'nominalAnnualRatePercent: 4.5', 'nominalAnnualRatePercent: 4.75');
    edit(
      'roles.yaml',
      '      - WITHDRAWAL_SAVINGSACCOUNT\n  - name: Branch',
      '      - READ_CHARGE\n  - name: Branch',
    );
    edit('offices.yaml', 'openingDate: 2017-06-01', 'openingDate: 2017-05-31');
    const { stdout } = await runCli(core, ['config', 'plan', directory]);
    expect(stdout).toContain('interest.nominalAnnualRatePercent: 4.5 → 4.75');
    expect(stdout).toContain('permissions: -WITHDRAWAL_SAVINGSACCOUNT +READ_CHARGE');
    expect(stdout).toContain('openingDate: 2017-06-01 → 2017-05-31');
    expect(stdout).toMatch(/Plan: 0 to create, 3 to change/);
    const applied = await runCli(core, ['config', 'apply', directory, '--yes', '--json']);
    expect(JSON.parse(applied.stdout)).toMatchObject({ created: 0, changed: 3 });
    expect((await runCli(core, ['config', 'plan', directory])).stdout).toMatch(/^No changes\./);
  });

  test('a permission that the bank does not know is refused before anything is sent', async () => {
    edit('roles.yaml', '- READ_CHARGE\n', '- READ_CHARGES\n');
    edit('offices.yaml', 'Kisumu Branch', 'Kisumu Branch');
    const before = await auditRows();
    const { code, stderr } = await runCli(core, ['config', 'apply', directory, '--yes']);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /roles\.yaml:\d+:9: items\[0\]\.permissions\[\d+\]: The bank has no permission READ_CHARGES\. Did you mean READ_CHARGE\?/,
    );
    expect(await auditRows()).toBe(before);
    edit('roles.yaml', '- READ_CHARGES\n', '- READ_CHARGE\n');
  });

  test('what the bank refuses is shown with file, line and its reason', async () => {
    const account = 'name: Regular savings\n    type: liability\n    usage: ';
    edit('gl-accounts.yaml', `${account}detail`, `${account}header`);
    const { code, stderr } = await runCli(core, ['config', 'apply', directory, '--yes']);
    expect(stderr).toMatch(
      /gl-accounts\.yaml:\d+:5: The bank refused to update the account of the chart "21100"\./,
    );
    expect(stderr).toMatch(/HTTP 4\d\d, [a-z.]+/i);
    expect(code).toBe(4);
    edit('gl-accounts.yaml', `${account}header`, `${account}detail`);
  });

  test('wrong credentials and a bank that is not there are one sentence each', async () => {
    const wrong = await runCli(core, ['config', 'plan', directory], { FINERACT_PASSWORD: 'wrong' });
    expect(wrong.code).toBe(4);
    expect(wrong.stderr.trim().split('\n')).toHaveLength(1);
    const nothing = await runCli({ ...core, url: 'http://127.0.0.1:9' }, ['config', 'plan', directory]);
    expect(nothing.code).toBe(3);
    expect(nothing.stderr).toContain('does not answer');
  });
});
