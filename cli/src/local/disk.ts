import { mkdirSync, statfsSync } from 'node:fs';
import { CliError } from '../cli-error.ts';

/** A new database with its log takes about 100 MB before it holds anything. */
const freeMegabytesMin = 200;

/** Refuses a start that would end in a full disk. @throws CliError */
export function checkDisk(directory: string): void {
  const free = freeMegabytes(directory);
  if (free < freeMegabytesMin) throw diskFull(directory, free);
}

/** The full disk behind a failure, if that is what it was; else the failure itself. */
export function orDiskFull(error: unknown, directory: string): unknown {
  const free = freeMegabytes(directory);
  return free < 10 ? diskFull(directory, free, error) : error;
}

function freeMegabytes(directory: string): number {
  mkdirSync(directory, { recursive: true });
  const { bavail, bsize } = statfsSync(directory);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

function diskFull(directory: string, free: number, cause?: unknown): CliError {
  const text = `The disk is full: only ${free} MB are free under ${directory}, and the bank wants ${freeMegabytesMin} MB.`;
  return new CliError(`${text} Free some space and start again.`, 1, { cause });
}
