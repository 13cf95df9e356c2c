import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import { signalProcess } from './run-file.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that is up and healthy. */
export interface Launched {
  pid: number;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** How to start one service, and how to see that it is ready. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  /** Written to the process's input, for settings that must not stand in the process list. */
  input?: string;
  isReady(): Promise<boolean>;
}

export interface LaunchHooks {
  onLine(line: string): void;
  onSpawn(pid: number): void;
  lastWords(): string;
  /** Where everything that it wrote is. */
  logFile: string;
  /** Gives up waiting and ends the process. */
  signal: AbortSignal;
}

const readyTimeoutMs = 60_000;
/** Services end within ten seconds of SIGTERM; what has not is stuck. */
const stopTimeoutMs = 12_000;

/**
 * Starts a process in a process group of its own (a Ctrl-C in the terminal reaches only us) and returns when it is
 * ready.
 * @throws CliError when it ends or stays silent before that
 */
export async function launchProcess(spec: ProcessSpec, hooks: LaunchHooks): Promise<Launched> {
  const { name, command, args, env, cwd } = spec;
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<Exit>((done) => {
    child.once('error', (error) => {
      hooks.onLine(`Error: ${error.message}`);
      done({ code: 127, signal: null });
    });
    child.once('close', (code, signal) => done({ code, signal }));
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', hooks.onLine);
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(spec.input ?? '');
  if (child.pid === undefined) {
    await exited;
    throw startFailure(name, hooks.lastWords(), hooks.logFile);
  }
  hooks.onSpawn(child.pid);
  const launched = { pid: child.pid, exited, stop: () => stopProcess(child.pid!, exited) };
  const outcome = await untilReady(spec, exited, hooks.signal);
  if (outcome === 'ready') return launched;
  await launched.stop();
  if (outcome === 'aborted') throw hooks.signal.reason;
  const reason =
    outcome === 'ended' ? hooks.lastWords() : `it did not become ready within ${readyTimeoutMs / 1000} s`;
  throw startFailure(name, reason, hooks.logFile);
}

function startFailure(name: string, reason: string, logFile: string): CliError {
  return new CliError(`${name} did not start: ${reason.replace(/\.$/, '')}. Its log is ${logFile}.`);
}

async function untilReady(
  { isReady }: ProcessSpec,
  exited: Promise<Exit>,
  signal: AbortSignal,
): Promise<'ready' | 'ended' | 'silent' | 'aborted'> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + readyTimeoutMs;
  while (Date.now() < deadline) {
    if (signal.aborted) return 'aborted';
    if (ended) return 'ended';
    if (await isReady()) return 'ready';
    await sleep(30);
  }
  return 'silent';
}

async function stopProcess(pid: number, exited: Promise<Exit>): Promise<void> {
  signalProcess(pid, 'SIGTERM');
  const kill = setTimeout(() => signalProcess(pid, 'SIGKILL'), stopTimeoutMs);
  await exited;
  clearTimeout(kill);
}

/** Answers whether a health address says that all is well. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
