import { ConfigError } from './config-error.ts';

/** Where a PostgreSQL database is, and who asks, as far as the URL says. */
export type PostgresAddress = {
  host: string;
  port: number;
  database: string;
  username?: string;
  password?: string;
  /** Query parameters as given, for example `sslmode`. */
  parameters: Readonly<Record<string, string>>;
};

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
    const username = decodeURIComponent(url.username) || user;
    const secret = decodeURIComponent(url.password) || password;
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 5432 : Number(url.port),
      database,
      ...(username === undefined ? {} : { username }),
      ...(secret === undefined ? {} : { password: secret }),
      parameters: Object.freeze(parameters),
    };
  } catch (error) {
    if (error instanceof URIError) throw unreadable(variable, 'has a broken percent-encoding');
    throw error;
  }
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
