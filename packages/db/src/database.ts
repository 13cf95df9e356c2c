/** The one door to PostgreSQL: a pool, queries with parameters, transactions with one owner. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { type DatabaseAddress, driverAddress } from './address.ts';
import type { Sql } from './sql.ts';
import { typeParsers } from './types.ts';

export interface Queryable {
  /** All rows. */
  rows<Row extends object>(query: Sql): Promise<Row[]>;
  /** The first row, or `null`. */
  rowOrNull<Row extends object>(query: Sql): Promise<Row | null>;
  /** The first row. @throws Error when there is none: a broken expectation, not a user's mistake */
  row<Row extends object>(query: Sql): Promise<Row>;
  /** Runs a statement; answers how many rows it touched. */
  execute(query: Sql): Promise<number>;
}

declare const transactionBrand: unique symbol;
/** A running transaction. Only its owner (`Database.transaction`) begins and ends it. */
export interface Transaction extends Queryable {
  readonly [transactionBrand]: true;
  /** Runs `work` behind a savepoint: when it throws, only its own changes are undone. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

export interface Database extends Queryable {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The driver's pool, for libraries that want one (the job queue). */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions extends DatabaseAddress {
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly poolSizeMax: number;
  /** Makes the server refuse every write: read-only instances. */
  readonly readOnly?: boolean;
  readonly onError?: (error: Error) => void;
}

export function createDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...driverAddress(options),
    application_name: options.applicationName,
    max: options.poolSizeMax,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    ...(options.readOnly ? { options: '-c default_transaction_read_only=on' } : {}),
    types: typeParsers,
  });
  // Without a listener, a server that goes away would end the process.
  pool.on('error', (error) => options.onError?.(error));
  // A connection that breaks while it is lent out fails its next query; by itself it must not end the process either.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    ...queryable(pool),
    pool,
    transaction: (work) => runTransaction(pool, work),
    close: () => pool.end(),
  };
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work({ ...queryable(client), savepoint: savepoints(client) } as Transaction);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function savepoints(client: pg.PoolClient): Transaction['savepoint'] {
  let depth = 0;
  return async (work) => {
    const name = `level_${++depth}`;
    await client.query(`savepoint ${name}`);
    try {
      const result = await work();
      await client.query(`release savepoint ${name}`);
      return result;
    } catch (error) {
      await client.query(`rollback to savepoint ${name}`);
      throw error;
    } finally {
      depth--;
    }
  };
}

function queryable(runner: pg.Pool | pg.PoolClient): Queryable {
  const run = async <Row extends object>(query: Sql): Promise<pg.QueryResult<Row>> =>
    runner.query<Row>(prepared(query));
  return {
    rows: async <Row extends object>(query: Sql) => (await run<Row>(query)).rows,
    rowOrNull: async <Row extends object>(query: Sql) => (await run<Row>(query)).rows[0] ?? null,
    row: async <Row extends object>(query: Sql) => {
      const first = (await run<Row>(query)).rows[0];
      if (!first) throw new Error(`expected a row from: ${query.text.trim().slice(0, 120)}`);
      return first;
    },
    execute: async (query: Sql) => (await run(query)).rowCount ?? 0,
  };
}

// Statements repeat; a name lets the server plan each once per connection. Bounded, for texts put together from
// fragments have many shapes.
const STATEMENT_NAMES_MAX = 500;
const statementNames = new Map<string, string>();

function prepared(query: Sql): pg.QueryConfig {
  const { text, values } = query;
  let name = statementNames.get(text);
  if (name === undefined && statementNames.size < STATEMENT_NAMES_MAX) {
    name = `s_${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
    statementNames.set(text, name);
  }
  return name === undefined ? { text, values } : { name, text, values };
}

/** The constraint that a failed insert or update ran into, or `null` when that is not why it failed. */
export function uniqueViolation(error: unknown): string | null {
  return isDatabaseError(error) && error.code === '23505' ? (error.constraint ?? '') : null;
}

/** The foreign key that a failed delete or insert ran into, or `null` when that is not why it failed. */
export function foreignKeyViolation(error: unknown): string | null {
  return isDatabaseError(error) && error.code === '23503' ? (error.constraint ?? '') : null;
}

/** Deadlock, serialization failure or lock timeout: running the whole transaction again may succeed. */
export function isRetryable(error: unknown): boolean {
  return isDatabaseError(error) && ['40001', '40P01', '55P03'].includes(error.code ?? '');
}

/** The server cannot be reached, is starting up or shutting down. */
export function isConnectionFailure(error: unknown): boolean {
  if (isDatabaseError(error)) return /^(57P0[123]|08\d\d\d|53300)$/.test(error.code ?? '');
  const failure = error as { code?: string; message?: string } | null;
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(failure?.code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      failure?.message ?? '',
    )
  );
}

function isDatabaseError(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError;
}
