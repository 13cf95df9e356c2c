import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createDatabase, sql } from '@fineract-gitops/db';
import { ensureDatabases, type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from './s3-server.ts';

/** Backups in a real S3 server, with the environment that the CronJob has. */

const main = resolve(import.meta.dirname, '..', '..', 'cli', 'src', 'main.ts');
let s3: S3Server;
let postgres: LocalPostgres;
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'backup-'));
  s3 = await startS3('backups', 'interop', 'interop-secret');
  postgres = await startLocalPostgres({
    directory: join(place, 'postgres'),
    password: 'interop',
    durable: false,
  });
  await ensureDatabases(postgres.url, ['fineract_tenants', 'fineract_default', 'keycloak']);
  const { host, port, user } = postgres;
  const db = createDatabase({
    ...{ host, port, user, password: 'interop', database: 'fineract_tenants' },
    ...{ applicationName: 'interop', poolSizeMax: 1 },
  });
  await db.execute(sql`create table tenants (identifier text primary key, database_name text not null)`);
  await db.execute(sql`insert into tenants values ('default', 'fineract_default')`);
  await db.close();
});
afterAll(async () => {
  await postgres?.stop('immediate');
  await s3?.remove();
  await rm(place, { recursive: true, force: true });
});

function backup(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, 'backup', ...words], {
    env: {
      PATH: process.env['PATH'],
      HOME: place,
      BACKUP_DATABASE_URL: `jdbc:postgresql://127.0.0.1:${postgres.port}/fineract_tenants`,
      BACKUP_IDENTITY_DATABASE_URL: `jdbc:postgresql://127.0.0.1:${postgres.port}/keycloak`,
      PGUSER: 'postgres',
      PGPASSWORD: 'interop',
      BACKUP_URL: `s3://backups/bank?endpoint=${s3.endpoint}&forcePathStyle=true`,
      AWS_ACCESS_KEY_ID: 'interop',
      AWS_SECRET_ACCESS_KEY: 'interop-secret',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}

describe('backup in S3', () => {
  it('is made as the CronJob makes it, listed and proved', async () => {
    const made = await backup('create', '--keep-days', '30');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('is complete: 3 databases') });
    expect(JSON.parse((await backup('list', '--json')).stdout)).toMatchObject([
      { complete: true, databases: ['fineract_tenants', 'fineract_default', 'keycloak'] },
    ]);
    const server = `postgres://127.0.0.1:${postgres.port}/postgres`;
    expect(await backup('verify', '--server', server)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is sound'),
    });
  });

  it('says it when the bucket is not there', async () => {
    const url = `s3://nowhere?endpoint=${s3.endpoint}&forcePathStyle=true`;
    const failed = await backup('create', '--store', url);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('the bucket does not exist') });
  });
});
