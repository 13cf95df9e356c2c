/** The core as a process of its own on a PostgreSQL of its own, for journeys that load data, kill it and go on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '@fineract-gitops/db';
import { freePort, startLocalPostgres } from '@fineract-gitops/local-postgres';

const projectRoot = new URL('../../..', import.meta.url).pathname;

export interface CoreProcess extends AsyncDisposable {
  readonly url: string;
  readonly password: string;
  /** The default tenant's database, seen from outside. */
  readonly db: Database;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again on the same port and database. */
  start(): Promise<void>;
}

export async function startCore(): Promise<CoreProcess> {
  const place = mkdtempSync(join(tmpdir(), 'core-'));
  chmodSync(place, 0o755); // PostgreSQL may run as another user than we do
  const postgres = await startLocalPostgres({
    directory: join(place, 'postgres'),
    password: 'test',
    durable: false,
    settings: { autovacuum: 'on' }, // as a bank has it
  });
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = '';

  const start = async () => {
    said = '';
    child = spawn(process.execPath, ['services/fineract/src/main.ts'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        FINERACT_SERVER_PORT: String(port),
        FINERACT_HIKARI_JDBC_URL: postgres.urlOf('fineract_tenants'),
        FINERACT_BOOTSTRAP_ADMIN_USERNAME: 'admin',
        FINERACT_BOOTSTRAP_ADMIN_PASSWORD: password,
        OBJECTS_URL: `file://${place}/objects`,
        LOG_LEVEL: 'warn',
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    await untilReady(url, child, () => said);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child.kill(signal);
    await gone;
  };

  await start().catch(async (error) => {
    await postgres.stop('immediate');
    throw error;
  });
  const db = createDatabase({
    host: postgres.host,
    port: postgres.port,
    user: postgres.user,
    password: postgres.password,
    database: 'fineract_default',
    applicationName: 'test',
    poolSizeMax: 2,
  });
  return {
    url,
    password,
    db,
    start,
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await db.close();
      await end('SIGTERM');
      await postgres.stop('immediate');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the core ended while it started:\n${said()}`);
    const response = await fetch(`${url}/actuator/health/readiness`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
}
