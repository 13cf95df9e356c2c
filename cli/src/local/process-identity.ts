import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque; the same text as long as it is the same process. */
  startedAt: string;
}

/** The identity of the process that has this number now, if one has. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    return { pid, startedAt: process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid) };
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return identify(pid)?.startedAt === startedAt;
}

/** Ticks since boot, with the boot's id because ticks begin anew; a zombie counts as gone. */
function linuxStartTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces, so fields are counted after it: state is the 3rd, start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') throw new Error('gone');
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
}

function psStartTime(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
}
