import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Keeper } from './keeper.ts';
import { type Launched, launchProcess, type ProcessSpec } from './launch.ts';
import { identify } from './process-identity.ts';

let directory: string;
let lines: string[];
let said: string[];
let spawned: number[];
const keepers: Keeper[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keeper-'));
  [lines, said, spawned] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
  rmSync(directory, { recursive: true });
});

/** A real process that runs `script`; it is ready when it has written `up`. */
function spec(script: string): ProcessSpec {
  return {
    name: 'thing',
    command: process.execPath,
    args: ['-e', script],
    env: {},
    cwd: directory,
    isReady: async () => lines.includes('up'),
  };
}

function launch(script: string, signal: AbortSignal): Promise<Launched> {
  lines = [];
  return launchProcess(spec(script), {
    onLine: (line) => lines.push(line),
    onSpawn: (pid) => spawned.push(pid),
    lastWords: () => lines.at(-1) ?? 'nothing',
    logFile: 'thing.log',
    signal,
  });
}

function keep(script: string): Keeper {
  const keeper = new Keeper({
    name: 'thing',
    launch: (signal) => launch(script, signal),
    onRunning: () => {},
    say: (text) => said.push(text),
    firstDelayMs: 1,
  });
  keepers.push(keeper);
  return keeper;
}

const running = "console.log('up'); setInterval(() => {}, 1000)";
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((next) => setTimeout(next, 10));
};

describe('Keeper', () => {
  it('starts a killed process again, as often as it takes', async () => {
    await keep(running).start();
    for (const round of [1, 2, 3]) {
      process.kill(spawned.at(-1)!, 'SIGKILL');
      await until(() => said.filter((text) => text === 'runs again').length === round);
    }
    expect(spawned).toHaveLength(4);
    expect(said[0]).toBe('ended by SIGKILL');
  });

  it('ends the process and does not start it again when stopped', async () => {
    const keeper = keep(running);
    await keeper.start();
    await keeper.stop();
    expect(identify(spawned[0]!)).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('can be stopped while the process is still starting', async () => {
    const keeper = keep('setInterval(() => {}, 1000)');
    const started = keeper.start();
    started.catch(() => {});
    await until(() => spawned.length === 1);
    await keeper.stop();
    await expect(started).rejects.toThrow('thing is being stopped');
    expect(identify(spawned[0]!)).toBeUndefined();
  });

  it('says why the first start failed, and where the log is', async () => {
    await expect(keep("console.error('no more memory.'); process.exitCode = 3").start()).rejects.toThrow(
      'thing did not start: no more memory. Its log is thing.log.',
    );
  });

  it('says so when the program is not there', async () => {
    const missing = { ...spec(''), command: join(directory, 'nothing') };
    const hooks = {
      onLine: (line: string) => lines.push(line),
      onSpawn: () => {},
      lastWords: () => lines.at(-1)!,
      logFile: 'x',
    };
    await expect(launchProcess(missing, { ...hooks, signal: new AbortController().signal })).rejects.toThrow(
      /ENOENT/,
    );
  });
});
