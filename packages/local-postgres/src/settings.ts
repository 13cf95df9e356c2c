/** PostgreSQL settings by name; each becomes a `-c name=value` on the command line. */
export type PostgresSettings = Record<string, string | number>;

/** For a laptop: small memory, every durability switch left as PostgreSQL has it (fsync and synchronous_commit on). */
const laptop: PostgresSettings = {
  max_connections: 150,
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // Statements here are short; compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // No socket file: other users of the machine have no way in but the password on loopback.
  unix_socket_directories: '',
};

/** Only for data that a test throws away; a test of faults must not use it. */
const throwaway: PostgresSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum: 'off',
};

/** The command line's settings, ours first so that the caller's win. */
export function settingArguments(durable: boolean, own: PostgresSettings): string[] {
  const settings = { ...laptop, ...(durable ? {} : throwaway), ...own };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
