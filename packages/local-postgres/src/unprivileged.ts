import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { LocalPostgresError } from './errors.ts';

/** The account PostgreSQL runs as when we are root, which PostgreSQL itself refuses to run as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Where clusters and binaries go when the project's own directory is closed to the account (for example /root). */
const sharedPlace = '/var/lib/fineract-gitops';

/** The account to run PostgreSQL as; undefined means: as ourselves. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new LocalPostgresError(
    'directory-unusable',
    'PostgreSQL refuses to run as root and this machine has neither a user `postgres` nor `nobody`: start as another user.',
  );
}

/** Asks the kernel, not the mode bits: access lists and mounts count as well. */
function canEnter(account: Account, directory: string): boolean {
  const { uid, gid } = account;
  const check = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], {
    uid,
    gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return check.status === 0;
}

/**
 * Gives the real directory for a cluster that is wanted at `directory`: that one if the account can reach it, else one
 * under /var/lib with a symbolic link at `directory` pointing to it.
 */
export function reachableDirectory(directory: string, account: Account | undefined): string {
  const wanted = resolve(directory);
  mkdirSync(dirname(wanted), { recursive: true });
  if (isLink(wanted)) {
    if (existsSync(wanted)) return realpathSync(wanted);
    rmSync(wanted); // a pointer to a place that is gone
  }
  if (!account || existsSync(join(wanted, 'PG_VERSION')) || canEnter(account, dirname(wanted))) return wanted;
  // A new place each time: one that is there may hold the data of a project that was removed, and is not ours to touch.
  const place = join(sharedPlace, `${basename(wanted)}-${randomBytes(6).toString('hex')}`);
  mkdirSync(sharedPlace, { recursive: true, mode: 0o755 });
  mkdirSync(place, { recursive: true, mode: 0o700 });
  chownSync(place, account.uid, account.gid);
  rmSync(wanted, { recursive: true, force: true });
  symlinkSync(place, wanted);
  return place;
}

/** Removes a cluster and, where there is one, the pointer to it. The server must be stopped. */
export function removeCluster(directory: string): void {
  const wanted = resolve(directory);
  if (isLink(wanted) && existsSync(wanted)) rmSync(realpathSync(wanted), { recursive: true, force: true });
  rmSync(wanted, { recursive: true, force: true });
}

/** Binaries inside a directory closed to the account are copied once to a place that is open. */
export function reachableBinaries(
  binaries: PostgresBinaries,
  account: Account | undefined,
): PostgresBinaries {
  if (!account || canEnter(account, binaries.directory)) return binaries;
  const home = join(sharedPlace, `postgresql-${binaries.version}`);
  if (!existsSync(join(home, 'bin', 'postgres'))) {
    const half = `${home}.${process.pid}`;
    cpSync(dirname(binaries.directory), half, { recursive: true, verbatimSymlinks: true });
    rmSync(home, { recursive: true, force: true });
    renameSync(half, home);
  }
  return { ...binaries, directory: join(home, 'bin') };
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
