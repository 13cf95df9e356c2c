import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { explainFailure, explainFileError, LocalPostgresError } from './errors.ts';
import { clearLeftovers, readPostmasterFile } from './leftovers.ts';
import { type PostgresSettings, settingArguments } from './settings.ts';
import { type Account, reachableBinaries, reachableDirectory, unprivilegedAccount } from './unprivileged.ts';

export interface LocalPostgresOptions {
  /** Data directory; made at the first start. */
  directory: string;
  /** Password of the superuser; set when the cluster is made. */
  password: string;
  /** Superuser, default `postgres`. */
  user?: string;
  /** Default: a free one. */
  port?: number;
  /** Default: the data directory's path with `.log`. */
  logFile?: string;
  /** False gives up crash safety for speed; only for tests. Default true. */
  durable?: boolean;
  /** Stop a server that an earlier run left on this directory, instead of refusing. Default false. */
  takeOver?: boolean;
  settings?: PostgresSettings;
}

/** How to stop: wait for clients, disconnect them (default), or abort and recover at the next start. */
export type StopMode = 'smart' | 'fast' | 'immediate';

export interface LocalPostgres {
  host: string;
  port: number;
  user: string;
  password: string;
  /** Address of the maintenance database `postgres`. */
  url: string;
  pid: number;
  version: string;
  logFile: string;
  /** Settles when the server process ends, for whatever reason. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  urlOf(database: string): string;
  stop(mode?: StopMode): Promise<void>;
}

const host = '127.0.0.1';
const stopSignals: Record<StopMode, NodeJS.Signals> = {
  smart: 'SIGTERM',
  fast: 'SIGINT',
  immediate: 'SIGQUIT',
};

/**
 * Starts PostgreSQL 15 on loopback and returns when it accepts connections. The server runs in a process group of its
 * own (a Ctrl-C in the terminal does not reach it) and as an unprivileged user when we are root.
 * @throws LocalPostgresError with a sentence that says what to do
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const account = unprivilegedAccount();
  const binaries = reachableBinaries(await findPostgresBinaries(), account);
  const { password, user = 'postgres', durable = true } = options;
  try {
    const directory = reachableDirectory(options.directory, account);
    const logFile = resolve(options.logFile ?? `${options.directory}.log`);
    mkdirSync(dirname(logFile), { recursive: true });
    await ensureCluster({ binDirectory: binaries.directory, directory, account, user, password, durable });
    await clearLeftovers(realpathSync(directory), options.takeOver ?? false);
    const server = await launch({ ...options, durable, directory, logFile }, binaries.directory, account);
    return describe(server, { user, password, version: binaries.version, logFile });
  } catch (error) {
    throw explainFileError(error, { directory: options.directory });
  }
}

interface LaunchOptions extends LocalPostgresOptions {
  durable: boolean;
  logFile: string;
}

interface RunningServer {
  child: ChildProcess;
  port: number;
  exited: LocalPostgres['exited'];
}

/**
 * Two failures pass by themselves and are tried again for a while: the children of a killed server still holding its
 * shared memory, and a free port taken between our look and PostgreSQL's.
 */
async function launch(
  options: LaunchOptions,
  binDirectory: string,
  account: Account | undefined,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await launchOnce(options, port, join(binDirectory, 'postgres'), account);
    } catch (error) {
      const code = error instanceof LocalPostgresError ? error.code : undefined;
      const passing = code === 'directory-in-use' || (code === 'port-taken' && options.port === undefined);
      if (!passing || attempt === 20) throw error;
      await sleep(250);
    }
  }
}

async function launchOnce(
  options: LaunchOptions,
  port: number,
  postgres: string,
  account: Account | undefined,
): Promise<RunningServer> {
  const { directory, logFile } = options;
  const log = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  const where = ['-D', directory, '-h', host, '-p', `${port}`];
  const child = spawn(postgres, [...where, ...settingArguments(options.durable, options.settings ?? {})], {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: directory,
    detached: true,
    env: {},
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = new Promise<Awaited<LocalPostgres['exited']>>((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done({ code, signal }));
  });
  const ready = await Promise.race([exited.then(() => false), untilReady(directory, child)]);
  if (!ready) {
    const output = readFileSync(logFile).subarray(logStart).toString();
    throw explainFailure(output, { directory, port });
  }
  return { child, port, exited };
}

/** PostgreSQL writes `ready` into its pid file when it accepts connections; this also covers a long recovery. */
async function untilReady(directory: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const file = readPostmasterFile(directory);
    if (file?.ready && file.pid === child.pid) return true;
    await sleep(15);
  }
  return false;
}

function describe(
  { child, port, exited }: RunningServer,
  known: { user: string; password: string; version: string; logFile: string },
): LocalPostgres {
  const credentials = `${encodeURIComponent(known.user)}:${encodeURIComponent(known.password)}`;
  const urlOf = (database: string) =>
    `postgres://${credentials}@${host}:${port}/${encodeURIComponent(database)}`;
  const stop = async (mode: StopMode = 'fast') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(stopSignals[mode]);
    // A client that never answers must not keep the bank from closing; recovery loses nothing that was committed.
    const abort = setTimeout(() => child.kill('SIGQUIT'), 20_000);
    await exited;
    clearTimeout(abort);
  };
  return { ...known, host, port, pid: child.pid!, url: urlOf('postgres'), exited, urlOf, stop };
}

/** A loopback port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
