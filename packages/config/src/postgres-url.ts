import { ConfigError } from './config-error.ts';

/** Where a PostgreSQL database is, and who asks, as far as the URL says. */
export type PostgresAddress = {
  host: string;
  port: number;
  database: string;
  username?: string;
  password?: string;
  /** From `sslmode` and `sslrootcert`; absent when the connection is not to be encrypted. */
  tls?: { mode: TlsMode; rootCertificate?: string };
  /** Query parameters as given, without the credentials. */
  parameters: Readonly<Record<string, string>>;
};

const tlsModes = ['require', 'verify-ca', 'verify-full'] as const;
type TlsMode = (typeof tlsModes)[number];

// `allow` and `prefer` leave the choice to the server, and so to whoever stands in its place: no protection.
const plainModes: readonly (string | undefined)[] = [undefined, 'disable', 'allow', 'prefer'];

/**
 * Reads `jdbc:postgresql://host:port/database?…` (as Apache Fineract's deployments have it) or a
 * `postgres(ql)://user:password@host:port/database` URL.
 *
 * @param variable the environment variable the URL came from, for the error
 * @throws ConfigError that does not repeat the URL, since it may hold a password
 */
export function parsePostgresUrl(text: string, variable: string): PostgresAddress {
  const url = URL.parse(text.replace(/^jdbc:/, ''));
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') {
    throw unreadable(variable, 'is not a PostgreSQL URL (value not shown)');
  }
  try {
    const database = decodeURIComponent(url.pathname.slice(1));
    if (database === '' || database.includes('/')) throw unreadable(variable, 'names no single database');
    const { user, password, ...parameters } = Object.fromEntries(url.searchParams);
    const tls = readTls(parameters, variable);
    const username = decodeURIComponent(url.username) || user;
    const secret = decodeURIComponent(url.password) || password;
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 5432 : Number(url.port),
      database,
      ...(username === undefined ? {} : { username }),
      ...(secret === undefined ? {} : { password: secret }),
      ...(tls === undefined ? {} : { tls }),
      parameters: Object.freeze(parameters),
    };
  } catch (error) {
    if (error instanceof URIError) throw unreadable(variable, 'has a broken percent-encoding');
    throw error;
  }
}

function readTls(
  { sslmode, sslrootcert }: Readonly<Record<string, string>>,
  variable: string,
): PostgresAddress['tls'] {
  if (plainModes.includes(sslmode)) return undefined;
  const mode = tlsModes.find((each) => each === sslmode);
  if (mode === undefined) throw unreadable(variable, 'names an sslmode that PostgreSQL does not have');
  return sslrootcert === undefined ? { mode } : { mode, rootCertificate: sslrootcert };
}

function unreadable(variable: string, problem: string): ConfigError {
  return new ConfigError([
    {
      variable,
      problem,
      expected: 'a PostgreSQL address with a database',
      example: 'jdbc:postgresql://127.0.0.1:5432/fineract_tenants',
    },
  ]);
}
