import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure, explainFileError, LocalPostgresError } from './errors.ts';
import type { Account } from './unprivileged.ts';

export interface ClusterOptions {
  binDirectory: string;
  directory: string;
  account: Account | undefined;
  user: string;
  password: string;
  /** False skips the flush to disk: for clusters that live as long as a test run. */
  durable: boolean;
}

/**
 * Makes the cluster if there is none yet. It is made beside its place and renamed when whole, so an interrupted first
 * start leaves nothing that looks like a database.
 * @throws LocalPostgresError
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { directory } = options;
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new LocalPostgresError(
      'directory-corrupt',
      `${directory} holds files but no database: restore it from a backup, or begin anew with \`npm start -- --reset\`.`,
    );
  }
  try {
    await makeCluster(options, `${directory}.new`);
  } catch (error) {
    throw explainFileError(error, { directory });
  }
}

async function makeCluster(options: ClusterOptions, draft: string): Promise<void> {
  const { directory, account } = options;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    if (account) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
    await initialise(options, draft, passwordFile);
    rmSync(directory, { recursive: true, force: true });
    renameSync(draft, directory);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Customers' names need letters of every language, but not every machine has every locale: the first that works. */
async function initialise(options: ClusterOptions, draft: string, passwordFile: string): Promise<void> {
  const locales = process.platform === 'darwin' ? ['en_US.UTF-8', 'C'] : ['C.UTF-8', 'en_US.UTF-8', 'C'];
  for (const locale of locales) {
    const result = await initdb(options, draft, passwordFile, locale);
    if (result.code === 0) return;
    if (!/invalid locale/.test(result.output) || locale === locales.at(-1)) {
      throw explainFailure(result.output, { directory: options.directory });
    }
  }
}

function initdb(options: ClusterOptions, draft: string, passwordFile: string, locale: string) {
  const { account, user } = options;
  const flags = [
    '--encoding=UTF8',
    '--auth=scram-sha-256',
    '--data-checksums',
    ...(options.durable ? [] : ['--no-sync']),
  ];
  const names = [`--pgdata=${draft}`, `--username=${user}`, `--pwfile=${passwordFile}`, `--locale=${locale}`];
  const child = spawn(join(options.binDirectory, 'initdb'), [...names, ...flags], {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: draft,
    env: { LC_MESSAGES: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise<{ code: number | null; output: string }>((done, fail) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });
}
