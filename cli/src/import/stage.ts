/**
 * The stage: every row of the source, read and checked, in a SQLite file between the CSV files and the bank. It keeps
 * memory small whatever the size of the source, sorts, joins and compares in SQL, and remembers what was sent.
 *
 * Amounts are whole millionths, exact; a stage holds personal data, so only its owner can read it, and it is deleted when
 * the import is done.
 */
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Decimal } from '@fineract-gitops/money';

const MILLION = new Decimal(1_000_000);

const TABLES = `
  create table if not exists facts (name text primary key, value text not null) strict;
  create table if not exists entries (
    entity text not null, seq integer not null, line integer not null, external_id text not null, parent text,
    day text not null, type text, amount integer, balance integer, request text not null,
    primary key (entity, seq)) strict, without rowid;
  create unique index if not exists entries_external_id on entries (entity, external_id);
  create table if not exists rejected (entity text not null, line integer not null, external_id text, reason text not null) strict;
  create table if not exists counts (entity text primary key, read integer not null, left_out integer not null) strict;
  create table if not exists requests (
    entity text not null, number integer not null, imported integer not null, skipped integer not null,
    primary key (entity, number)) strict;
  create table if not exists refused (entity text not null, external_id text not null, reason text not null, primary key (entity, external_id)) strict;
  create table if not exists bank_accounts (external_id text primary key, id integer not null, balance integer not null) strict;
  create table if not exists bank_days (
    account text not null, day text not null, balance integer not null, primary key (account, day)) strict, without rowid;
  create table if not exists bank_transactions (
    external_id text primary key, account text not null, day text not null, type text not null, amount integer not null) strict;
`;

export class Stage {
  readonly #file: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the stage, or begins a new one. */
  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#file = file;
    this.#db = new DatabaseSync(file);
    chmodSync(file, 0o600);
    // Losing the last moment to a power cut costs a repetition, never a row: requests can be sent twice.
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal');
    this.#db.exec(TABLES);
  }

  static exists(file: string): boolean {
    return existsSync(file);
  }

  static delete(file: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }

  /** Runs SQL of this program's own; values are parameters. Integers come as bigint. */
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  *each<Row>(sql: string, ...values: SQLInputValue[]): Generator<Row> {
    // A statement that is being read cannot be shared.
    const statement = this.#db.prepare(sql);
    statement.setReadBigInts(true);
    for (const row of statement.iterate(...values)) yield row as Row;
  }

  one<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  transaction<T>(work: () => T): T {
    this.#db.exec('begin');
    try {
      const result = work();
      this.#db.exec('commit');
      return result;
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  fact(name: string): string | undefined {
    return this.one<{ value: string }>('select value from facts where name = ?', name)?.value;
  }

  setFact(name: string, value: string): void {
    this.run(
      'insert into facts values (?, ?) on conflict (name) do update set value = excluded.value',
      name,
      value,
    );
  }

  count(sql: string, ...values: SQLInputValue[]): number {
    const row = this.one<Record<string, bigint | null>>(sql, ...values);
    return Number(Object.values(row ?? {})[0] ?? 0);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  deleteAndClose(): void {
    this.close();
    Stage.delete(this.#file);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      statement.setReadBigInts(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

export function toMillionths(amount: Decimal): bigint {
  return BigInt(amount.times(MILLION).toFixed(0));
}

export function fromMillionths(millionths: bigint | null): Decimal {
  return new Decimal((millionths ?? 0n).toString()).div(MILLION);
}
