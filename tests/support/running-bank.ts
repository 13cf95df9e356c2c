import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '..', '..', 'cli', 'src', 'main.ts');

/** What `fineract-gitops start` wrote into `run.json`. */
export interface RunState {
  supervisor: { pid: number };
  services: { name: string; pid: number }[];
}

/** A whole bank of a test's own, as `npm start` runs it, on free ports and with data of its own. */
export interface RunningBank {
  /** By service: `gateway`, `identity`, `inbox`, `read`, `write`, `batch`. */
  urls: Record<string, string>;
  /** Of the users `admin`, `teller` and `auditor`. */
  demoPassword: string;
  directory: string;
  supervisor: ChildProcess;
  /** Everything that the supervisor said and logged so far. */
  output(): string;
  runState(): RunState;
  /** Ends the bank as Ctrl-C does and gives the exit code. */
  stop(): Promise<number | null>;
}

export interface StartBankOptions {
  /** Data directory; a new one by default. */
  directory?: string;
  /** More words for `start`. By default the demo bank is left out. */
  args?: string[];
  env?: Record<string, string>;
}

/** Starts a bank and returns when it is open. */
export async function startBank(options: StartBankOptions = {}): Promise<RunningBank> {
  const directory = options.directory ?? newDataDirectory();
  const args = ['--data', directory, '--port', '0', '--json', ...(options.args ?? ['--no-demo'])];
  const supervisor = spawn(process.execPath, [main, 'start', ...args], {
    env: { ...process.env, TEST_HEADERS_ENABLED: 'true', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [result, output] = ['', ''];
  supervisor.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const exited = new Promise<number | null>((done) => supervisor.once('close', done));
  await new Promise<void>((open, fail) => {
    supervisor.stdout.on('data', (chunk) => {
      result += chunk;
      if (result.endsWith('\n')) open();
    });
    exited.then((code) => fail(new Error(`The bank ended with code ${code} before it was open:\n${output}`)));
  });
  const { urls, demoPassword } = JSON.parse(result) as Pick<RunningBank, 'urls' | 'demoPassword'>;
  return {
    urls,
    demoPassword,
    directory,
    supervisor,
    output: () => output,
    runState: () => JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as RunState,
    stop: () => {
      supervisor.kill('SIGTERM');
      return exited;
    },
  };
}

/** A directory that PostgreSQL's user may enter; remove it with `removeDataDirectory`. */
export function newDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'bank-'));
  chmodSync(directory, 0o755);
  return directory;
}

export function removeDataDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

/** Runs one command of the command line to its end. */
export function runCommand(
  ...words: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}
