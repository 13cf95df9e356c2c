import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real object store on loopback with data of its own. */
export type ObjectServer = { remove(): Promise<void> };

/**
 * Starts a server and waits until it listens.
 *
 * @param words gives the command line for an empty data directory
 */
export async function startObjectServer(
  port: number,
  words: (data: string) => readonly [program: string, ...words: string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<ObjectServer> {
  const data = await mkdtemp(join(tmpdir(), 'objects-'));
  const [program, ...rest] = words(data);
  const child = spawn(program, rest, {
    cwd: data,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  const ended = once(child, 'close');
  const remove = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + 60_000; !(await listens(port)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await remove();
      throw new Error(`${program} does not listen on port ${port}:\n${output}`);
    }
  }
  return { remove };
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
