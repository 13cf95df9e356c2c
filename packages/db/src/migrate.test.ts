import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@fineract-gitops/local-postgres/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type Database, type DatabaseAddress, migrate, sql } from './index.ts';

let directory: string;
let database: TestDatabase;
let address: DatabaseAddress;
let db: Database;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrations-'));
  database = await createTestDatabase();
  const { hostname, port, pathname, username, password } = new URL(database.url);
  address = {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  db = createDatabase({ ...address, applicationName: 'test', poolSizeMax: 2 });
  await write('0001-first.sql', 'create table things (id int primary key, name text);');
  return async () => {
    await db.close();
    await database.drop();
  };
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(directory, name), text);
const names = (applied: readonly { name: string }[]) => applied.map(({ name }) => name);

describe('migrations', () => {
  test('run in order, once', async () => {
    await write('0003-third.sql', "insert into things values (1, 'one');");
    await write('0002-second.sql', 'alter table things add column more text; create index on things (more);');
    await write('notes.txt', 'not a migration');
    expect(names(await migrate(address, directory))).toEqual([
      '0001-first.sql',
      '0002-second.sql',
      '0003-third.sql',
    ]);
    expect(await migrate(address, directory)).toEqual([]);
    await write('0004-fourth.sql', "update things set name = 'uno';");
    expect(names(await migrate(address, directory))).toEqual(['0004-fourth.sql']);
    expect(await db.rows(sql`select name from things`)).toEqual([{ name: 'uno' }]);
  });

  test('started by several instances at the same moment run once', async () => {
    await write('0002-slow.sql', "select pg_sleep(0.2); insert into things values (1, 'once');");
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(address, directory)));
    expect(applied.map((each) => each.length).sort()).toEqual([0, 0, 0, 2]);
    expect(await db.rows(sql`select id from things`)).toEqual([{ id: 1 }]);
  });

  test('that failed leave nothing, and can be mended', async () => {
    await write('0002-broken.sql', "insert into things values (1, 'half'); select nonsense;");
    await expect(migrate(address, directory)).rejects.toThrow('migration 0002-broken.sql failed');
    expect(await db.rows(sql`select id from things`)).toEqual([]);
    await write('0002-broken.sql', "insert into things values (1, 'whole');");
    expect(names(await migrate(address, directory))).toEqual(['0002-broken.sql']);
  });

  test('that were edited after they ran stop the start', async () => {
    await migrate(address, directory);
    await write('0001-first.sql', 'create table other (id int);');
    await expect(migrate(address, directory)).rejects.toThrow('0001-first.sql was edited after it ran');
  });

  test('of a newer program stop the start of an older one', async () => {
    await write('0002-newer.sql', 'create table newer (id int);');
    await migrate(address, directory);
    await rm(join(directory, '0002-newer.sql'));
    await write('0003-own.sql', 'create table own (id int);');
    await expect(migrate(address, directory)).rejects.toThrow('migrated by a newer program (0002-newer.sql)');
    expect(await db.row(sql`select to_regclass('own') as own`)).toEqual({ own: null });
  });
});
