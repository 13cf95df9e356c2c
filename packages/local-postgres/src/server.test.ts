import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDatabases, withClient } from './databases.ts';
import { freePort, type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from './server.ts';
import { removeCluster } from './unprivileged.ts';

const password = `p@ss/word:${Math.random()}`;
let place: string;
let directory: string;
const running = new Set<LocalPostgres>();

async function start(options: Partial<LocalPostgresOptions> = {}): Promise<LocalPostgres> {
  const server = await startLocalPostgres({ directory, password, ...options });
  running.add(server);
  return server;
}

function ask<T>(server: LocalPostgres, sql: string): Promise<T[]> {
  return withClient(server.url, async (client) => (await client.query(sql)).rows as T[]);
}

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'local-postgres-'));
  chmodSync(place, 0o755);
  directory = join(place, 'postgres');
});

afterEach(async () => {
  await Promise.all([...running].map((server) => server.stop('immediate')));
  running.clear();
  removeCluster(directory);
  rmSync(place, { recursive: true, force: true });
});

describe('startLocalPostgres', () => {
  it('starts PostgreSQL 15 with durability on, and asks for the password', async () => {
    const server = await start();
    const names = [
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'data_checksums',
      'unix_socket_directories',
    ];
    const rows = await ask<{ name: string; setting: string }>(
      server,
      `SELECT name, setting FROM pg_settings WHERE name = ANY('{${names.join()}}')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      unix_socket_directories: '',
    });
    expect(server.version).toMatch(/^15\./);
    const wrong = server.url.replace(encodeURIComponent(password), 'guess');
    await expect(withClient(wrong, (client) => client.query('SELECT 1'))).rejects.toThrow(
      /authentication failed/,
    );
  });

  it('keeps the data over a stop, and over the kill of the server', async () => {
    const first = await start();
    await ensureDatabases(first.url, ['bank', 'bank "b"']);
    await ensureDatabases(first.url, ['bank']);
    await ask(first, 'CREATE TABLE thing AS SELECT 1 AS id');
    await first.stop();

    const second = await start();
    await ask(second, 'INSERT INTO thing VALUES (2)');
    process.kill(second.pid, 'SIGKILL');
    expect(await second.exited).toMatchObject({ signal: 'SIGKILL' });

    const third = await start();
    expect(await ask(third, 'SELECT id FROM thing ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('refuses a directory in use in one sentence, or takes it over when told to', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(
      `Another PostgreSQL (process ${first.pid}) is using ${directory}: stop it first.`,
    );
    const second = await start({ takeOver: true });
    expect(await first.exited).toMatchObject({ code: 0 });
    expect(await ask(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is not misled by a pid file whose number now belongs to another program', async () => {
    await (await start()).stop();
    writeFileSync(join(directory, 'postmaster.pid'), `${process.pid}\n${directory}\n0\n5432\n`);
    const server = await start();
    expect(await ask(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says in a sentence that the port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken by another program`);
    other.close();
  });

  it('says in a sentence that the data is damaged', async () => {
    await (await start()).stop();
    rmSync(join(directory, 'global', 'pg_control'));
    await expect(start()).rejects.toThrow(`The data in ${directory} is damaged: restore it from a backup`);
  });

  it('does not touch a directory that holds something else', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'thesis.txt'), 'mine');
    await expect(start()).rejects.toThrow('holds files but no database');
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  it('leaves no half-made cluster behind when making it fails', async () => {
    await expect(start({ user: 'pg_reserved' })).rejects.toThrow(/did not start: .*pg_/);
    expect(readdirSync(place)).toEqual([]);
    await start();
  });
});

describe.runIf(process.getuid?.() === 0)('as root', () => {
  it('runs as another user, outside a project that this user may not enter', async () => {
    chmodSync(place, 0o700);
    const server = await start({ logFile: join(place, 'logs', 'postgres.log') });
    const real = realpathSync(directory);
    expect(real).toMatch(/^\/var\/lib\/fineract-gitops\/postgres-/);
    await ask(server, 'CREATE TABLE thing AS SELECT 1 AS id');
    await server.stop();
    const again = await start();
    expect(await ask(again, 'SELECT id FROM thing')).toEqual([{ id: 1 }]);
    await again.stop();
    removeCluster(directory);
    expect(existsSync(real)).toBe(false);
  });
});
