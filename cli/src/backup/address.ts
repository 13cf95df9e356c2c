/** Addresses of PostgreSQL servers, for our own queries and for PostgreSQL's tools. */
import { ConfigError, parsePostgresUrl } from '@fineract-gitops/config';
import { createDatabase, type Database, type DatabaseAddress } from '@fineract-gitops/db';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/**
 * Reads a `postgres://` or `jdbc:postgresql://` URL. User and password may also come from PGUSER, PGPASSWORD or a
 * password file (PGPASSFILE), as with PostgreSQL's own tools.
 *
 * @param source what to call it in an error: a variable, or an option, in which a password is refused because other
 *   users of the machine can read command lines
 * @throws CliError
 */
export function readAddress(url: string, source: string): DatabaseAddress {
  const { host, port, database, username, password, tls } = parse(url, source);
  if (password !== undefined && source.startsWith('--')) {
    throw new CliError(
      `${source} holds a password, which a command line shows to everyone on the machine: give it as PGPASSWORD or PGPASSFILE.`,
      ExitCode.usage,
    );
  }
  const user = username ?? process.env['PGUSER'];
  const secret = password ?? process.env['PGPASSWORD'];
  return {
    host,
    port,
    database,
    ...(user ? { user } : {}),
    ...(secret ? { password: secret } : {}),
    ...(tls === undefined ? {} : { tls }),
  };
}

function parse(url: string, source: string): ReturnType<typeof parsePostgresUrl> {
  try {
    return parsePostgresUrl(url, source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [problem] = error.problems;
    throw new CliError(`${source} ${problem?.problem}; expected ${problem?.expected}.`, ExitCode.usage);
  }
}

/** The environment of `pg_dump` and `pg_restore`: the password travels here, never in their command line. */
export function toolEnvironment({
  host,
  port,
  database,
  user,
  password,
  tls,
}: DatabaseAddress): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'PGPASSFILE'] as const;
  return {
    ...Object.fromEntries(
      inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
    PGHOST: host,
    PGPORT: `${port}`,
    PGDATABASE: database,
    PGAPPNAME: 'fineract-gitops backup',
    PGCONNECT_TIMEOUT: '10',
    LC_MESSAGES: 'C',
    ...(user === undefined ? {} : { PGUSER: user }),
    ...(password === undefined ? {} : { PGPASSWORD: password }),
    ...(tls === undefined ? {} : { PGSSLMODE: tls.mode }),
    ...(tls?.rootCertificate === undefined ? {} : { PGSSLROOTCERT: tls.rootCertificate }),
  };
}

/** Runs `work` with a connection; what the server refuses becomes a sentence that names it. @throws CliError */
export async function withDatabase<T>(
  address: DatabaseAddress,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = createDatabase({ ...address, applicationName: 'fineract-gitops backup', poolSizeMax: 1 });
  try {
    return await work(db);
  } catch (error) {
    throw explained(error, address);
  } finally {
    await db.close();
  }
}

const connectionTrouble =
  /^(28|3D|08|53|57|ECONN|ENOTFOUND|ETIMEDOUT|EAI_|SELF_SIGNED|DEPTH_|UNABLE_|ERR_TLS|42501)/;

function explained(error: unknown, { host, port, database }: DatabaseAddress): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (error instanceof CliError || !(connectionTrouble.test(code) || /timeout|tls|ssl/i.test(message)))
    return error;
  return new CliError(
    `PostgreSQL at ${host}:${port} (database ${database}) cannot be used: ${message || code}.`,
    ExitCode.failed,
    { cause: error },
  );
}
