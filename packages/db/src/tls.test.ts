import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type DatabaseAddress, type DatabaseTls, migrate, sql } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'database-tls-'));
const data = join(directory, 'data');
const trusted = join(directory, 'trusted.crt');
const stranger = join(directory, 'stranger.crt');
let postgres: LocalPostgres;

beforeAll(async () => {
  makeAuthority('trusted');
  makeAuthority('stranger');
  makeCertificate('right', 'IP:127.0.0.1,DNS:localhost');
  makeCertificate('elsewhere', 'DNS:db.example.org');
  postgres = await start({ ssl: 'off' });
  await present('right');
}, 60_000);
afterAll(async () => {
  await postgres.stop('immediate');
  rmSync(directory, { recursive: true });
});

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
const newKey = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...newKey(name), '-out', `${name}.crt`, '-subj', `/CN=${name}`, '-days', '2');
}

function makeCertificate(name: string, names: string): void {
  openssl('req', ...newKey(name), '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  writeFileSync(join(directory, `${name}.ext`), `subjectAltName=${names}\n`);
  const signedBy = ['-CA', 'trusted.crt', '-CAkey', 'trusted.key', '-CAcreateserial'];
  openssl(
    ...['x509', '-req', '-in', `${name}.csr`, ...signedBy],
    ...['-out', `${name}.crt`, '-days', '2', '-extfile', `${name}.ext`],
  );
}

/** Starts the server again, with that certificate. */
async function present(name: string): Promise<void> {
  const { uid, gid } = statSync(data);
  for (const file of [`${name}.key`, `${name}.crt`]) {
    copyFileSync(join(directory, file), join(data, file));
    chownSync(join(data, file), uid, gid);
  }
  await postgres.stop();
  postgres = await start({ ssl: 'on', ssl_cert_file: `${name}.crt`, ssl_key_file: `${name}.key` });
}

function start(settings: Record<string, string>): Promise<LocalPostgres> {
  return startLocalPostgres({ directory: data, password: 'test-password', durable: false, settings });
}

function address(tls?: DatabaseTls, host = postgres.host): DatabaseAddress {
  const { port, user, password } = postgres;
  return { host, port, user, password, database: 'postgres', ...(tls ? { tls } : {}) };
}

async function connection(tls?: DatabaseTls, host?: string): Promise<{ ssl: boolean }> {
  const db = createDatabase({ ...address(tls, host), applicationName: 'test', poolSizeMax: 1 });
  try {
    return await db.row<{ ssl: boolean }>(sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`);
  } finally {
    await db.close();
  }
}

const verify = (mode: DatabaseTls['mode'], rootCertificate: string) => ({ mode, rootCertificate });

describe('a connection', () => {
  test('is encrypted only when the address says so', async () => {
    expect(await connection()).toEqual({ ssl: false });
    expect(await connection({ mode: 'require' })).toEqual({ ssl: true });
  });

  test.each(['127.0.0.1', 'localhost'])('is made to %s, which the certificate names', async (host) => {
    expect(await connection(verify('verify-full', trusted), host)).toEqual({ ssl: true });
  });

  test.each(['require', 'verify-ca', 'verify-full'] as const)(
    'is refused in mode %s when a stranger signed the certificate',
    async (mode) => {
      await expect(connection(verify(mode, stranger))).rejects.toThrow(/certificate/);
    },
  );

  test('is refused when nobody that Node trusts signed the certificate', async () => {
    await expect(connection({ mode: 'verify-full' })).rejects.toThrow(/certificate/);
  });

  test('says which file of authorities is missing', async () => {
    const missing = join(directory, 'missing.crt');
    await expect(connection(verify('verify-full', missing))).rejects.toThrow(`${missing} cannot be read`);
  });
});

test('migrations verify too', async () => {
  await expect(migrate(address(verify('verify-full', stranger)), directory)).rejects.toThrow(/certificate/);
  expect(await migrate(address(verify('verify-full', trusted)), directory)).toEqual([]);
});

test('a certificate for another host is refused, unless only its signer is to be verified', async () => {
  await present('elsewhere');
  for (const host of ['127.0.0.1', 'localhost']) {
    await expect(connection(verify('verify-full', trusted), host)).rejects.toThrow(/altnames/);
    expect(await connection(verify('verify-ca', trusted), host)).toEqual({ ssl: true });
  }
});
