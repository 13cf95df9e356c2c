/**
 * Numbered SQL files, forward only. Each runs in one transaction with the row that records it, under an advisory lock,
 * so that instances which start together settle who migrates. A changed file, or a database that knows a migration which
 * this program does not, stops the start: money is not served on a schema that nobody checked.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import pg from 'pg';
import { type DatabaseAddress, driverAddress } from './address.ts';

export interface AppliedMigration {
  readonly name: string;
  readonly durationMs: number;
}

const LOCK_KEY = 7_462_011;

/** Brings the database to this program's schema; answers what it applied. */
export async function migrate(address: DatabaseAddress, directory: string): Promise<AppliedMigration[]> {
  const files = await readMigrations(directory);
  const client = new pg.Client({ ...driverAddress(address), application_name: 'migration' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(
      `create table if not exists schema_migrations (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const known = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations',
    );
    const pending = pendingMigrations(files, known.rows);
    const applied: AppliedMigration[] = [];
    for (const file of pending) applied.push(await apply(client, file));
    return applied;
  } finally {
    await client.end();
  }
}

interface MigrationFile {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(joinPath(directory, name), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

function pendingMigrations(
  files: MigrationFile[],
  known: readonly { name: string; checksum: string }[],
): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of known) {
    const file = byName.get(name);
    if (!file)
      throw new Error(`the database was migrated by a newer program (${name}): start that version instead`);
    if (file.checksum !== checksum)
      throw new Error(`migration ${name} was edited after it ran: add a new file instead`);
  }
  const done = new Set(known.map(({ name }) => name));
  return files.filter(({ name }) => !done.has(name));
}

async function apply(client: pg.Client, file: MigrationFile): Promise<AppliedMigration> {
  const startedAt = performance.now();
  await client.query('begin');
  try {
    await client.query(file.text);
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      file.name,
      file.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${file.name} failed: ${(error as Error).message}`, { cause: error });
  }
  return { name: file.name, durationMs: Math.round(performance.now() - startedAt) };
}
