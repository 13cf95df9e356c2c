import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, isAlive } from './process-identity.ts';
import { RunFile, type RunState, readRunState } from './run-file.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'run-'));
  path = join(directory, 'data', 'run.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A process that ends only by force, as a stuck service would; returns when it ignores SIGTERM. */
async function startStubborn() {
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

function leave(state: Partial<RunState>): void {
  const dead = { pid: process.pid, startedAt: 'another boot' };
  writeFileSync(
    path,
    JSON.stringify({ supervisor: dead, ready: true, profile: 'local', urls: {}, services: [], ...state }),
  );
}

describe('RunFile', () => {
  it('refuses a second start in one sentence, and lets go on release', async () => {
    const first = await RunFile.claim(path, 'local');
    first.update({ urls: { gateway: 'http://localhost:8080' } });
    await expect(RunFile.claim(path, 'local')).rejects.toThrow(
      `The bank already runs at http://localhost:8080 (process ${process.pid}): stop it`,
    );
    first.release();
    (await RunFile.claim(path, 'local')).release();
    expect(existsSync(path)).toBe(false);
  });

  it.each([false, true])('lets one of many starts at once win (after a killed one: %s)', async (stale) => {
    (await RunFile.claim(path, 'local')).release();
    if (stale) leave({});
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => RunFile.claim(path, 'local')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over from a dead supervisor whose number lives on, and ends what it left, by force if need be', async () => {
    (await RunFile.claim(path, 'local')).release();
    const child = await startStubborn();
    const identity = identify(child.pid!)!;
    const innocent = { name: 'read', pid: process.pid, startedAt: 'another boot' };
    leave({ services: [{ name: 'write', ...identity }, innocent] });
    const file = await RunFile.claim(path, 'local');
    expect(isAlive(identity)).toBe(false);
    expect(readRunState(path)?.supervisor.pid).toBe(process.pid);
    file.release();
  }, 20_000);

  it('is not stopped by a torn file', async () => {
    (await RunFile.claim(path, 'local')).release();
    writeFileSync(path, '{"supervisor":');
    (await RunFile.claim(path, 'local')).release();
  });

  it('notes each process once, by its name', async () => {
    const file = await RunFile.claim(path, 'local');
    file.noteProcess('read', process.ppid);
    file.noteProcess('read', process.pid);
    expect(readRunState(path)?.services).toEqual([{ name: 'read', ...identify(process.pid) }]);
    file.release();
  });
});
