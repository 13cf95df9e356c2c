import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDatabase, type Database, raw, sql } from '@fineract-gitops/db';
import {
  createTestDatabase,
  type TestDatabase,
  testServerUrl,
} from '@fineract-gitops/local-postgres/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.ts';

/** The commands as processes, on a real server: a registry, a bank's database and another one. */

const main = resolve(import.meta.dirname, '..', 'main.ts');
const server = new URL(testServerUrl());
const password = decodeURIComponent(server.password);
let registry: TestDatabase;
let bank: TestDatabase;
let place: string;

beforeAll(async () => {
  [registry, bank] = [await createTestDatabase(), await createTestDatabase()];
  await within(registry.url, async (db) => {
    await db.execute(sql`create table tenants (identifier text primary key, database_name text not null)`);
    await db.execute(sql`insert into tenants values ('default', ${bank.name})`);
  });
  await within(bank.url, async (db) => {
    for (const statement of bankTables) await db.execute(sql`${raw(statement)}`);
  });
});
afterAll(async () => {
  await registry.drop();
  await bank.drop();
});
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'backup-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** As much of a bank as money is checked by. */
const bankTables = [
  `create table savings_accounts (id bigint primary key, currency_code text not null,
     balance numeric(19,6) not null, amount_on_hold numeric(19,6) not null default 0)`,
  `create table savings_transactions (account_id bigint not null, balance_change numeric(19,6) not null,
     hold_change numeric(19,6) not null default 0)`,
  `create table journal_entries (transaction_id text not null, office_id bigint not null, currency_code text not null,
     entry_type smallint not null, amount numeric(19,6) not null)`,
  `insert into savings_accounts values (1, 'USD', 100.25), (2, 'KES', 0.000001)`,
  `insert into savings_transactions values (1, 150.25), (1, -50), (2, 0.000001)`,
  `insert into journal_entries values ('S1', 1, 'USD', 1, 100.25), ('S1', 1, 'USD', 2, 100.25)`,
  `create table filler as select md5(i::text || random()) || md5(random()::text) || md5(random()::text) as x
     from generate_series(1, 250000) i`,
];

/** Of a file that may go while we look. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

async function within<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { hostname, port, pathname, username } = new URL(url);
  const address = {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
    password,
  };
  const db = createDatabase({ ...address, applicationName: 'test', poolSizeMax: 1 });
  return work(db).finally(() => db.close());
}

const storeUrl = () => pathToFileURL(place).href;
/** An address as a person types it: without the password. */
const plain = (url: string) => url.replace(/:\/\/[^@]+@/, `://${server.username}@`);

function start(verb: string, ...words: string[]): ChildProcess {
  const { BACKUP_URL, BACKUP_DATABASE_URL, ...rest } = process.env;
  return spawn(process.execPath, [main, 'backup', verb, '--store', storeUrl(), ...words], {
    env: { ...rest, PGPASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function backup(verb: string, ...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(verb, ...words);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, stdout, stderr })));
}

async function create(...words: string[]): Promise<Manifest & { removed: string[] }> {
  const { code, stdout, stderr } = await backup(
    'create',
    '--database',
    plain(registry.url),
    '--json',
    ...words,
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout + stderr).not.toContain(password === 'test' ? ':test@' : password);
  return JSON.parse(stdout);
}

describe('backup', { timeout: 120_000 }, () => {
  it('dumps every database with what it held, and is proved by a restore', async () => {
    const manifest = await create();
    expect(manifest.databases.map(({ name, kind }) => [name, kind])).toEqual([
      [registry.name, 'registry'],
      [bank.name, 'tenant'],
    ]);
    const [, dumped] = manifest.databases;
    expect(dumped).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      walPosition: expect.stringMatching(/^[0-9A-F]+\/[0-9A-F]+$/),
      facts: {
        rows: { savings_accounts: 2, savings_transactions: 3, journal_entries: 2, filler: 250_000 },
        money: { balances: { KES: '0.000001', USD: '100.250000' }, accountsOff: 0, journalsOff: 0 },
      },
    });
    expect(statSync(join(place, 'dumps', manifest.id, dumped!.file)).size).toBe(dumped!.sizeBytes);

    const list = JSON.parse((await backup('list', '--json')).stdout);
    expect(list).toMatchObject([{ id: manifest.id, complete: true, databases: [registry.name, bank.name] }]);
    const verified = await backup('verify', '--server', plain(testServerUrl()));
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('is sound') });
    const left = await within(testServerUrl(), (db) =>
      db.rows(sql`select datname from pg_database where datname like 'verify_%'`),
    );
    expect(left).toEqual([]);
  });

  it('finds one changed byte, and a manifest that does not say what was dumped', async () => {
    const manifest = await create();
    const file = join(place, 'dumps', manifest.id, `${registry.name}.dump`);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    const damaged = await backup('verify', manifest.id, '--server', plain(testServerUrl()), '--json');
    expect(damaged.code).toBe(5);
    expect(JSON.parse(damaged.stdout)).toMatchObject({
      sound: false,
      databases: [
        { problems: [`${registry.name}.dump is damaged: its checksum is another one`] },
        { problems: [] },
      ],
    });
    const refused = await backup(
      'restore',
      manifest.id,
      '--into',
      plain(testServerUrl()),
      '--yes',
      '--force',
    );
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('Nothing was restored') });

    rmSync(file);
    expect((await backup('verify', '--server', plain(testServerUrl()))).stderr).toContain('dump is missing');
  });

  it('says it when money does not add up in what is restored', async () => {
    await within(bank.url, (db) => db.execute(sql`update savings_accounts set balance = 99 where id = 1`));
    try {
      const made = await backup('create', '--database', plain(registry.url));
      expect(made.stderr).toContain('1 savings balances are not the sum of their transactions');
      const verified = await backup('verify', '--server', plain(testServerUrl()));
      expect(verified).toMatchObject({ code: 5, stdout: expect.stringContaining('NOT sound') });
    } finally {
      await within(bank.url, (db) =>
        db.execute(sql`update savings_accounts set balance = 100.25 where id = 1`),
      );
    }
  });

  it('killed in the middle of a dump leaves nothing that is taken for a backup', async () => {
    const whole = await create();
    const child = start('create', '--database', plain(registry.url));
    const half = () =>
      readdirSync(join(place, 'dumps'), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.part'))
        .some((path) => sizeOf(join(place, 'dumps', path)) > 500_000);
    await expect.poll(half, { timeout: 30_000, interval: 5 }).toBe(true);
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));

    const list = JSON.parse((await backup('list', '--json')).stdout) as { id: string; complete: boolean }[];
    expect(list.filter(({ complete }) => complete).map(({ id }) => id)).toEqual([whole.id]);
    const unfinished = list.find(({ complete }) => !complete);
    expect(unfinished).toMatchObject({ state: 'unfinished' });
    const refused = await backup('restore', unfinished!.id, '--into', plain(testServerUrl()), '--yes');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('was never finished') });
    await create();
  });

  it('is restored over what is there by force only, and never below others', async () => {
    const manifest = await create();
    const words = [manifest.id, '--into', plain(testServerUrl()), '--only', bank.name];
    expect(await backup('restore', ...words)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    const full = await backup('restore', ...words, '--yes');
    expect(full).toMatchObject({ code: 4, stderr: expect.stringContaining('is not empty; --force') });
    await within(bank.url, async (db) => {
      await db.execute(sql`insert into savings_accounts values (3, 'USD', 7)`);
      const busy = await backup('restore', ...words, '--yes', '--force');
      expect(busy).toMatchObject({ code: 4, stderr: expect.stringContaining('connected to') });
    });
    const restored = await backup('restore', ...words, '--yes', '--force');
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('is as it was') });
    const rows = await within(bank.url, (db) => db.rows(sql`select id from savings_accounts order by id`));
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('removes what is older, but never the newest', async () => {
    const old = await create();
    const manifest = join(place, 'dumps', old.id, 'manifest.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace(/"startedAt": "\d+/, '"startedAt": "2001'),
    );
    const next = await create('--keep-days', '30');
    expect(next.removed).toEqual([old.id]);
    expect(readdirSync(join(place, 'dumps', old.id))).toEqual([]);
    expect(JSON.parse((await backup('list', '--json')).stdout)).toMatchObject([{ id: next.id }]);
  });

  it.each([
    [['create', '--database', 'postgres://me:hunter2@localhost/x'], 2, /holds a password/],
    [['create', '--database', 'mysql://localhost/x'], 2, /not a PostgreSQL URL/],
    [['create', '--database', 'postgres://127.0.0.1:1/x'], 1, /127.0.0.1:1 \(database x\) cannot be used/],
    [['create', '--data', '/nonexistent/bank'], 3, /The bank does not run/],
    [['create', '--keep-days', 'some'], 2, /whole number/],
    [['verify', '20200101T000000Z-abcd'], 1, /There is no backup 2020/],
    [['verify'], 1, /There is no backup yet/],
    [['list', '--store', 'ftp://x'], 2, /not one this program knows/],
  ])('%j ends with %i and a sentence', async ([verb = '', ...words], code, sentence) => {
    const result = await backup(verb, ...words);
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(sentence) });
    expect(result.stderr).not.toContain('hunter2');
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it('has an empty list', async () => {
    expect(await backup('list')).toMatchObject({ code: 0, stdout: 'There is no backup yet.\n' });
  });
});
