/** PostgreSQL's own programs: what they write and read goes through us as a stream, never through a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DatabaseAddress } from '@fineract-gitops/db';
import {
  findPostgresClientTools,
  LocalPostgresError,
  type PostgresClientTools,
} from '@fineract-gitops/local-postgres';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { toolEnvironment } from './address.ts';

/** @throws CliError when there are none for that server */
export async function findTools(serverMajor: number): Promise<PostgresClientTools> {
  try {
    return await findPostgresClientTools(serverMajor);
  } catch (error) {
    throw error instanceof LocalPostgresError ? new CliError(error.message, ExitCode.missing) : error;
  }
}

/**
 * The dump of a database as of an exported snapshot, in PostgreSQL's custom format (compressed). The stream ends only
 * when pg_dump ended well; else it breaks off with its words, and the store drops what it has.
 */
export async function* dump(
  tools: PostgresClientTools,
  address: DatabaseAddress,
  snapshot: string,
): AsyncGenerator<Buffer> {
  const child = spawn(tools.dump, ['--format=custom', '--no-password', `--snapshot=${snapshot}`], {
    env: toolEnvironment(address),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = outcome(child);
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const problem = await ended;
    if (problem !== undefined)
      throw new CliError(`The database ${address.database} could not be dumped: ${problem}.`);
  } finally {
    child.kill();
  }
}

/** Restores a dump into an empty database, all or none; its objects belong to the user who restores. */
export async function restoreInto(
  tools: PostgresClientTools,
  address: DatabaseAddress,
  contents: Readable,
): Promise<void> {
  const flags = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', '--no-password'];
  const child = spawn(tools.restore, [...flags, `--dbname=${address.database}`], {
    env: toolEnvironment(address),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = outcome(child);
  try {
    // When pg_restore gives up it closes the pipe; its own words say why.
    const fed = await pipeline(contents, child.stdin).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    );
    if (fed && fed.code !== 'EPIPE' && fed.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fed;
    const problem = (await ended) ?? fed?.message;
    if (problem !== undefined)
      throw new CliError(`The database ${address.database} could not be restored: ${problem}.`);
  } finally {
    child.kill();
  }
}

/** What went wrong, in the program's own words; undefined when it ended well. */
async function outcome(child: ChildProcess): Promise<string | undefined> {
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = (words + chunk).slice(-4000);
  });
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    const line = words.match(/error: (.+)/)?.[1] ?? words.trim().split('\n').at(-1);
    return line?.replace(/\.$/, '') || `it ended with ${signal ?? code}`;
  } catch (error) {
    return (error as Error).message;
  }
}
