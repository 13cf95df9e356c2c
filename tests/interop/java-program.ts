import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const startDeadlineMs = 60_000;

/** A Java program to run: its jars, main class and arguments. */
export type JavaProgram = {
  jars: string;
  main: string;
  arguments: readonly string[];
  options?: readonly string[];
};

/** A Java server that runs. */
export type JavaServer = {
  /** Ends it, orderly or by SIGKILL as a crash would. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

const commandLine = ({ jars, main, arguments: values, options = [] }: JavaProgram) => [
  ...options,
  '-cp',
  join(jars, '*'),
  main,
  ...values,
];

/** Runs a Java program to its end. @returns what it wrote @throws Error with what it wrote when it failed */
export async function runJava(program: JavaProgram): Promise<string> {
  const { stdout } = await promisify(execFile)('java', commandLine(program), { maxBuffer: 64 << 20 }).catch(
    explain,
  );
  return stdout;
}

/** Starts a Java server and waits until something listens at `port`. */
export async function startJava(program: JavaProgram, port: number): Promise<JavaServer> {
  const child = spawn('java', commandLine(program), { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  }
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  const server: JavaServer = { stop: (signal = 'SIGTERM') => end(child, signal) };
  for (const deadline = Date.now() + startDeadlineMs; Date.now() < deadline; await sleep(100)) {
    if (failed !== undefined) return explain(failed);
    if (child.exitCode !== null) throw new Error(`${program.main} ended with ${child.exitCode}:\n${output}`);
    if (await listens(port)) return server;
  }
  await server.stop('SIGKILL');
  throw new Error(`${program.main} did not listen on ${port} within ${startDeadlineMs / 1000} s:\n${output}`);
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function explain(error: Error & { code?: unknown }): never {
  if (error.code !== 'ENOENT') throw error;
  throw new Error('This test needs Java 17 or newer; install it (apt-get install default-jre-headless)', {
    cause: error,
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
