/** Instances of the core as processes of their own on one PostgreSQL: for killing some of them under a job. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '@fineract-gitops/db';
import { freePort, type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';

export type Mode = 'write' | 'batch';

export interface CoreInstance {
  readonly url: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

export interface CoreCluster extends AsyncDisposable {
  readonly password: string;
  /** The default tenant's database, seen from outside. */
  readonly db: Database;
  readonly objectsDirectory: string;
  startInstance(mode: Mode, env?: Record<string, string>): Promise<CoreInstance>;
  /** `kill -9` of PostgreSQL's first process, then a start on what it left. */
  crashPostgres(): Promise<void>;
}

const main = new URL('../../services/fineract/src/main.ts', import.meta.url).pathname;

export async function startCluster(): Promise<CoreCluster> {
  const place = mkdtempSync(join(tmpdir(), 'core-cluster-'));
  chmodSync(place, 0o755); // PostgreSQL may run as another user than we do
  const port = await freePort();
  const startPostgres = () =>
    startLocalPostgres({ directory: join(place, 'postgres'), password: 'test', port, takeOver: true });
  let postgres: LocalPostgres = await startPostgres();
  const password = randomBytes(18).toString('base64url');
  const instances: ChildProcess[] = [];
  const db = createDatabase({
    host: postgres.host,
    port,
    user: postgres.user,
    password: 'test',
    database: 'fineract_default',
    applicationName: 'test',
    poolSizeMax: 3,
  });

  const startInstance = async (mode: Mode, env: Record<string, string> = {}): Promise<CoreInstance> => {
    const httpPort = await freePort();
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        FINERACT_SERVER_PORT: String(httpPort),
        FINERACT_HIKARI_JDBC_URL: postgres.urlOf('fineract_tenants'),
        FINERACT_MODE_READ_ENABLED: String(mode === 'write'),
        FINERACT_MODE_WRITE_ENABLED: String(mode === 'write'),
        FINERACT_MODE_BATCH_MANAGER_ENABLED: String(mode === 'batch'),
        FINERACT_MODE_BATCH_WORKER_ENABLED: String(mode === 'batch'),
        FINERACT_BOOTSTRAP_ADMIN_USERNAME: 'admin',
        FINERACT_BOOTSTRAP_ADMIN_PASSWORD: password,
        BATCH_LEASE_SECONDS: '2',
        OBJECTS_URL: `file://${place}/objects`,
        LOG_LEVEL: 'warn',
        ...env,
      },
    });
    instances.push(child);
    const url = `http://127.0.0.1:${httpPort}`;
    await untilReady(url, child);
    return {
      url,
      kill: async () => void (await end(child, 'SIGKILL')),
      stop: () => end(child, 'SIGTERM'),
    };
  };

  return {
    password,
    db,
    objectsDirectory: join(place, 'objects'),
    startInstance,
    async crashPostgres() {
      process.kill(postgres.pid, 'SIGKILL');
      await postgres.exited;
      postgres = await startPostgres();
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await Promise.all(instances.map((child) => end(child, 'SIGKILL')));
      await postgres.stop('immediate');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000);
    });
  }
  for (;;) {
    if (child.exitCode !== null) throw new Error(`an instance ended while it started:\n${said}`);
    const response = await fetch(`${url}/actuator/health/readiness`).catch(() => null);
    if (response?.ok) return;
    await sleep(50);
  }
}
