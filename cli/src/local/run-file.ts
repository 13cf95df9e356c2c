import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import { talk } from '../command.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** One process of the bank, for `status`, `stop` and the next start. */
export interface RunningService extends ProcessIdentity {
  name: string;
}

/** What `run.json` says: which supervisor owns the data directory, and what it has started. */
export interface RunState {
  supervisor: ProcessIdentity;
  /** True once everything is healthy. */
  ready: boolean;
  profile: string;
  /** Addresses by service: `gateway`, `read`, `write` … */
  urls: Record<string, string>;
  services: RunningService[];
}

export function readRunState(path: string): RunState | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunState;
  } catch {
    return undefined;
  }
}

/** Our claim on a data directory; it is given up by `release`, or by our death. */
export class RunFile {
  readonly #path: string;
  #state: RunState;

  private constructor(path: string, state: RunState) {
    this.#path = path;
    this.#state = state;
  }

  /**
   * Claims the data directory. What a killed supervisor left running is ended first.
   * @throws CliError when another supervisor runs on it
   */
  static async claim(path: string, profile: string): Promise<RunFile> {
    mkdirSync(dirname(path), { recursive: true });
    const state: RunState = {
      supervisor: identify(process.pid)!,
      ready: false,
      profile,
      urls: {},
      services: [],
    };
    const file = new RunFile(path, state);
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
    try {
      // A hard link either makes the file or finds one there; two starts at once cannot both win.
      while (!tryLink(draft, path)) await clearStale(path);
    } finally {
      rmSync(draft, { force: true });
    }
    return file;
  }

  update(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    const draft = `${this.#path}.${process.pid}`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.#state, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, this.#path);
    } catch (error) {
      // A service that comes back matters more than a note of it: on a full disk the bank goes on.
      talk(`${this.#path} could not be written: ${(error as Error).message}`);
    }
  }

  /** Notes a (re)started process under its name, so that it is found again whatever happens to us. */
  noteProcess(name: string, pid: number): void {
    const identity = identify(pid);
    const others = this.#state.services.filter((service) => service.name !== name);
    this.update({ services: identity ? [...others, { name, ...identity }] : others });
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function clearStale(path: string): Promise<void> {
  const seen = readRunState(path);
  if (seen) {
    refuseIfAlive(seen);
    await endLeftovers(seen);
  }
  // Meanwhile another start may have put its own claim here: what we take away is looked at once more.
  const taken = `${path}.stale.${process.pid}.${Math.random()}`;
  if (!tryRename(path, taken)) return;
  const now = readRunState(taken);
  if (now && isAlive(now.supervisor)) tryLink(taken, path);
  rmSync(taken, { force: true });
  if (now) refuseIfAlive(now);
}

function refuseIfAlive({ supervisor, urls }: RunState): void {
  if (!isAlive(supervisor)) return;
  const address = urls['gateway'] ? ` at ${urls['gateway']}` : '';
  throw new CliError(
    `The bank already runs${address} (process ${supervisor.pid}): stop it with \`npm run fineract-gitops -- stop\` first.`,
  );
}

function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Ends the processes that a dead supervisor left. Services get two seconds, for nobody waits for their answers any more
 * and what they committed is safe; PostgreSQL goes last and gets time to write everything down.
 */
export async function endLeftovers(state: RunState): Promise<void> {
  const left = (database: boolean) =>
    state.services.filter((service) => isAlive(service) && (service.name === 'postgres') === database);
  await endAll(() => left(false), 'SIGTERM', 2_000);
  await endAll(() => left(true), 'SIGINT', 20_000);
}

async function endAll(
  left: () => RunningService[],
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  for (const { pid } of left()) signalProcess(pid, signal);
  const deadline = Date.now() + patienceMs;
  while (left().length > 0) {
    if (Date.now() > deadline) for (const { pid } of left()) signalProcess(pid, 'SIGKILL');
    await sleep(50);
  }
}

/** To a process and to what it started: every service leads a process group of its own. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  // PostgreSQL's own processes are its postmaster's to end.
  const target = signal === 'SIGKILL' ? -pid : pid;
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
