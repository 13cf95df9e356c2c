export { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
export { findPostgresClientTools, type PostgresClientTools } from './client-tools.ts';
export { ensureDatabases } from './databases.ts';
export { LocalPostgresError, type LocalPostgresErrorCode } from './errors.ts';
export { readPostmasterFile } from './leftovers.ts';
export {
  freePort,
  type LocalPostgres,
  type LocalPostgresOptions,
  type StopMode,
  startLocalPostgres,
} from './server.ts';
export { removeCluster } from './unprivileged.ts';
