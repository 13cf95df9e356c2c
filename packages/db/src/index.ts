export type { DatabaseAddress, DatabaseTls } from './address.ts';
export {
  createDatabase,
  type Database,
  type DatabaseOptions,
  foreignKeyViolation,
  isConnectionFailure,
  isRetryable,
  type Queryable,
  type Transaction,
  uniqueViolation,
} from './database.ts';
export { type AppliedMigration, migrate } from './migrate.ts';
export { empty, join, raw, type Sql, sql } from './sql.ts';
