import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { preferredBinDirectory, searchPath } from './config.ts';
import { LocalPostgresError } from './errors.ts';

const run = promisify(execFile);

export interface PostgresClientTools {
  /** Path of `pg_dump`. */
  dump: string;
  /** Path of `pg_restore`. */
  restore: string;
  /** For example `15.18`. */
  version: string;
}

/**
 * Finds `pg_dump` and `pg_restore` for a server: of its own major version when there are some, else of the next higher
 * one, for PostgreSQL's tools read older servers and never newer ones.
 * @param serverMajor for example 15
 * @throws LocalPostgresError `binaries-missing`
 */
export async function findPostgresClientTools(serverMajor: number): Promise<PostgresClientTools> {
  const preferred = preferredBinDirectory();
  const directories = new Set([...(preferred ? [preferred] : []), ...homes(), ...searchPath()]);
  const found = (await Promise.all([...directories].map(inspect))).filter((tools) => tools !== undefined);
  const [best] = found
    .filter(({ version }) => majorOf(version) >= serverMajor)
    .sort((a, b) => majorOf(a.version) - majorOf(b.version));
  if (best) return best;
  const tooOld = found.length > 0 ? `; found are only those of ${found[0]!.version}` : '';
  throw new LocalPostgresError(
    'binaries-missing',
    `pg_dump and pg_restore of PostgreSQL ${serverMajor} or newer were not found${tooOld}: install them (Debian: apt-get install postgresql-client-${serverMajor}, macOS: brew install postgresql@${serverMajor}), or name their directory in LOCAL_POSTGRES_BIN.`,
  );
}

const majorOf = (version: string): number => Number(version.split('.')[0]);

async function inspect(directory: string): Promise<PostgresClientTools | undefined> {
  const [dump, restore] = [join(directory, 'pg_dump'), join(directory, 'pg_restore')];
  if (!existsSync(dump) || !existsSync(restore)) return undefined;
  try {
    const { stdout } = await run(dump, ['--version'], { timeout: 10_000 });
    const version = stdout.match(/(\d+)\.(\d+)/)?.[0];
    return version === undefined ? undefined : { dump, restore, version };
  } catch {
    // One that cannot run is as good as none.
    return undefined;
  }
}

/** Where systems keep several versions beside each other. */
function homes(): string[] {
  const below = (parent: string, name: RegExp) =>
    existsSync(parent)
      ? readdirSync(parent)
          .filter((entry) => name.test(entry))
          .map((entry) => join(parent, entry, 'bin'))
      : [];
  return [
    ...below('/usr/lib/postgresql', /^\d+$/),
    ...below('/usr', /^pgsql-\d+$/),
    ...below('/opt/homebrew/opt', /^(postgresql@\d+|libpq)$/),
    ...below('/usr/local/opt', /^(postgresql@\d+|libpq)$/),
  ];
}
