import { mkdirSync } from 'node:fs';
import { LocalPostgresError, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Launched } from './launch.ts';
import type { Layout } from './layout.ts';
import type { LogBook } from './log-book.ts';
import type { DatabaseServer } from './services.ts';

/** Starts the embedded PostgreSQL on a port that stays the same over restarts, for the services keep its address. */
export async function launchPostgres(
  layout: Layout,
  logs: LogBook,
  database: DatabaseServer,
): Promise<Launched> {
  mkdirSync(layout.data, { recursive: true });
  try {
    return await startLocalPostgres({
      directory: layout.postgres,
      port: database.port,
      user: database.user,
      password: database.password,
      logFile: logs.fileOf('postgres'),
      // We hold the claim on the data directory, so a server on it can only be a leftover of ours.
      takeOver: true,
    });
  } catch (error) {
    throw error instanceof LocalPostgresError
      ? new CliError(error.message, exitCodeOf(error), { cause: error })
      : error;
  }
}

function exitCodeOf({ code }: LocalPostgresError): ExitCode {
  return code === 'binaries-missing' || code === 'library-missing' ? ExitCode.missing : ExitCode.failed;
}

/** The server that DATABASE_URL names. */
export function databaseOf(url: string): DatabaseServer {
  const { hostname, port, username, password } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username || 'postgres'),
    password: decodeURIComponent(password),
  };
}

export function databaseUrl({ host, port, user, password }: DatabaseServer): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/postgres`;
}
