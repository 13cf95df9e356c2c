/** A durable PostgreSQL and one instance of the core, as processes of their own, for a benchmark. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { Pool } from 'undici';

const PASSWORD = 'benchmark-password-1';
const root = join(import.meta.dirname, '../..');

export interface BenchCore extends AsyncDisposable {
  readonly postgres: LocalPostgres;
  /** Database of the default tenant. */
  readonly databaseUrl: string;
  readonly http: Pool;
  /** Calls the API; throws on any answer but 2xx. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
}

export const headers = {
  'fineract-platform-tenantid': 'default',
  'content-type': 'application/json',
  authorization: `Basic ${btoa(`admin:${PASSWORD}`)}`,
};

export async function startCore(connections: number): Promise<BenchCore> {
  const directory = await mkdtemp(join(tmpdir(), 'fineract-bench-'));
  const postgres = await startLocalPostgres({ directory: join(directory, 'postgres'), password: 'bench' });
  const port = await freePort();
  const registry = new URL(postgres.url);
  registry.pathname = '/fineract_tenants';
  const core = spawn(process.execPath, [join(root, 'services/fineract/src/main.ts')], {
    env: {
      ...process.env,
      FINERACT_SERVER_PORT: String(port),
      FINERACT_MODE_BATCH_MANAGER_ENABLED: 'false',
      FINERACT_MODE_BATCH_WORKER_ENABLED: 'false',
      FINERACT_HIKARI_JDBC_URL: registry.href,
      FINERACT_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      FINERACT_BOOTSTRAP_ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const http = new Pool(`http://127.0.0.1:${port}`, { connections });
  await untilReady(core, http);
  const databaseUrl = new URL(postgres.url);
  databaseUrl.pathname = '/fineract_default';
  return {
    postgres,
    databaseUrl: databaseUrl.href,
    http,
    async api(method, path, body) {
      const payload = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await http.request({
        method,
        path: `/fineract-provider/api/v1${path}`,
        headers,
        ...payload,
      } as never);
      const text = await answer.body.text();
      if (answer.statusCode >= 300)
        throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
      return JSON.parse(text);
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      core.kill('SIGTERM');
      await once(core, 'exit');
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilReady(core: ChildProcess, http: Pool): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (core.exitCode !== null) throw new Error('the core ended while starting');
    const ready = await http
      .request({ method: 'GET', path: '/actuator/health/readiness' })
      .then(async ({ statusCode, body }) => {
        await body.dump();
        return statusCode === 200;
      })
      .catch(() => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the core was not ready within 20 seconds');
}
