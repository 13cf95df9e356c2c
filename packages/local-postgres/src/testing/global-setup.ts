import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalPostgres } from '../server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Maintenance database of the test run's own PostgreSQL; `createTestDatabase` uses it. */
    postgresUrl: string;
  }
}

/** Vitest global setup: one PostgreSQL for the whole run, gone afterwards. */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const place = mkdtempSync(join(tmpdir(), 'fineract-test-'));
  chmodSync(place, 0o755); // PostgreSQL may run as another user than we do
  const server = await startLocalPostgres({
    directory: join(place, 'postgres'),
    password: 'test',
    durable: false,
    settings: { max_connections: 300, shared_buffers: '64MB' },
  });
  const guard = stopWhenWeDie(server.pid, place);
  project.provide('postgresUrl', server.url);
  return async () => {
    guard.kill();
    await server.stop('immediate');
    rmSync(place, { recursive: true, force: true });
  };
}

/** A killed test run cannot clean up, so a shell waits for the end of our pipe and does it instead. */
function stopWhenWeDie(pid: number, place: string) {
  const script = 'cat >/dev/null; kill -QUIT "$1" && sleep 1; rm -rf "$2"';
  const guard = spawn('/bin/sh', ['-c', script, 'sh', `${pid}`, place], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
