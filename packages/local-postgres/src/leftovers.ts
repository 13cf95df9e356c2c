import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalPostgresError } from './errors.ts';

/** What `postmaster.pid` says; line numbers are PostgreSQL's. */
export interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

export function readPostmasterFile(directory: string): PostmasterFile | undefined {
  const path = join(directory, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Clears what an earlier server left behind. A pid file whose process is gone, or is now some other program, is
 * removed; a server that still runs on the directory is stopped when `takeOver` is set, else refused.
 * @throws LocalPostgresError `directory-in-use`
 */
export async function clearLeftovers(directory: string, takeOver: boolean): Promise<void> {
  const file = readPostmasterFile(directory);
  if (!file) return;
  if (!isPostmasterOf(file.pid, directory)) {
    rmSync(join(directory, 'postmaster.pid'), { force: true });
    return;
  }
  if (!takeOver) {
    throw new LocalPostgresError(
      'directory-in-use',
      `Another PostgreSQL (process ${file.pid}) is using ${directory}: stop it first.`,
    );
  }
  process.kill(file.pid, 'SIGINT');
  for (let waited = 0; isPostmasterOf(file.pid, directory); waited += 50) {
    if (waited === 15_000) process.kill(file.pid, 'SIGQUIT');
    await sleep(50);
  }
}

/** Process ids are used again, so the number alone proves nothing: a postmaster's working directory is its data. */
function isPostmasterOf(pid: number, directory: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === directory;
    return execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).includes(directory);
  } catch {
    return false;
  }
}
