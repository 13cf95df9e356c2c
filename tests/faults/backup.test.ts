import { join } from 'node:path';
import { createDatabase, sql } from '@fineract-gitops/db';
import { type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  runCommand,
  startBank,
} from '../support/running-bank.ts';

/** The drill: a bank that works is backed up, goes on, is lost, and comes back as it was. */

let directory: string;
let bank: RunningBank | undefined;
let fresh: LocalPostgres | undefined;

beforeAll(() => {
  directory = newDataDirectory();
});
afterAll(async () => {
  await bank?.stop();
  await fresh?.stop('immediate');
  removeDataDirectory(directory);
});

async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const { urls, demoPassword } = bank!;
  const response = await fetch(`${urls['gateway']}/fineract-provider/api/v1${path}`, {
    method,
    headers: {
      'fineract-platform-tenantid': 'default',
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`admin:${demoPassword}`).toString('base64')}`,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  expect({ path, status: response.status, answer }).toMatchObject({ status: 200 });
  return answer as T;
}

const deposit = (accountId: number, amount: string) =>
  call('POST', `/savingsaccounts/${accountId}/transactions?command=deposit`, {
    transactionDate: new Date().toISOString().slice(0, 10),
    transactionAmount: amount,
    dateFormat: 'yyyy-MM-dd',
    locale: 'en',
  });

type Accounts = {
  pageItems: { id: number; status: { active: boolean }; summary: { accountBalance: number } }[];
};

async function activeAccounts(): Promise<Map<number, number>> {
  const { pageItems } = await call<Accounts>('GET', '/savingsaccounts?limit=200');
  const active = pageItems.filter(({ status }) => status.active);
  return new Map(active.map(({ id, summary }) => [id, summary.accountBalance]));
}

const command = async (...words: string[]) => {
  const { code, stdout, stderr } = await runCommand('backup', ...words, '--data', directory);
  return { code, stdout, stderr };
};

describe('a bank that is lost', () => {
  let id: string;
  let atBackup: Map<number, number>;

  it('was backed up while it worked', async () => {
    bank = await startBank({ directory, args: [] });
    const accounts = [...(await activeAccounts()).keys()].slice(0, 5);
    expect(accounts.length).toBe(5);
    for (const account of accounts) await deposit(account, '12.34');
    atBackup = await activeAccounts();
    const made = await command('create', '--json', '--keep-days', '30');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('fineract_default: ') });
    const manifest = JSON.parse(made.stdout);
    expect(manifest.databases.map(({ name }: { name: string }) => name)).toEqual([
      'fineract_tenants',
      'fineract_default',
      'identity',
    ]);
    id = manifest.id;
    for (const account of accounts) await deposit(account, '500');
    expect(await activeAccounts()).not.toEqual(atBackup);
    expect(await command('verify')).toMatchObject({ code: 0 });
  });

  it('comes back on another server as it was', async () => {
    fresh = await startLocalPostgres({ directory: join(directory, 'fresh'), password: 'drill' });
    process.env['PGPASSWORD'] = 'drill';
    const into = `postgres://postgres@127.0.0.1:${fresh.port}/postgres`;
    const restored = await command('restore', id, '--into', into, '--yes');
    delete process.env['PGPASSWORD'];
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('is as it was') });
    const db = createDatabase({
      ...{ host: '127.0.0.1', port: fresh.port, user: 'postgres', password: 'drill' },
      ...{ database: 'fineract_default', applicationName: 'drill', poolSizeMax: 1 },
    });
    const rows = await db.rows<{ id: number; balance: number }>(
      sql`select id, balance::float8 as balance from savings_accounts where status = 300 order by id`,
    );
    await db.close();
    expect(new Map(rows.map((row) => [row.id, row.balance]))).toEqual(
      new Map([...atBackup].sort(([a], [b]) => a - b)),
    );
  });

  it('comes back in its own place, and takes deposits again', async () => {
    const running = await command('restore', id, '--yes', '--force');
    expect(running).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The bank already runs/) });
    await bank!.stop();
    expect(await command('restore', id, '--yes')).toMatchObject({ code: 4 });
    expect(await command('restore', id, '--yes', '--force')).toMatchObject({ code: 0 });
    bank = await startBank({ directory, args: ['--no-demo'] });
    expect(await activeAccounts()).toEqual(atBackup);
    const [account, balance] = [...atBackup][0]!;
    await deposit(account, '0.66');
    expect((await activeAccounts()).get(account)).toBeCloseTo(balance + 0.66, 6);
  });
});
