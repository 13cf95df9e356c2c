import { type Dashboard, lines, number } from './dashboard.ts';

export const postgresql: Dashboard = {
  name: 'postgresql',
  title: 'PostgreSQL',
  about:
    'The database in the cluster: replication, load, connections, archive and backups (self-hosted provider).',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Instances up', 'short', 'sum(cnpg_collector_up)'),
        number('Furthest replica behind', 's', 'max(cnpg_pg_replication_lag)'),
        number('Connections in use', 'percentunit', 'max(namespace:postgresql_connections:ratio)'),
        number(
          'Last base backup',
          'dateTimeFromNow',
          'max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp) * 1000',
        ),
      ],
    },
    {
      title: 'Replication',
      panels: [
        lines('Behind the primary', 's', ['{{pod}}', 'cnpg_pg_replication_lag']),
        lines('Replicas that stream', 'short', ['{{pod}}', 'cnpg_pg_replication_streaming_replicas']),
        lines('Log kept for slots', 'bytes', [
          '{{slot_name}}',
          'max by (slot_name) (cnpg_pg_replication_slots_pg_wal_lsn_diff)',
        ]),
        lines('Log that waits for the archive', 'short', [
          '{{pod}}',
          'cnpg_collector_pg_wal_archive_status{value="ready"}',
        ]),
      ],
    },
    {
      title: 'Load',
      panels: [
        lines(
          'Transactions',
          'ops',
          [
            '{{datname}} commit',
            'sum by (datname) (rate(cnpg_pg_stat_database_xact_commit[$__rate_interval]))',
          ],
          [
            '{{datname}} rollback',
            'sum by (datname) (rate(cnpg_pg_stat_database_xact_rollback[$__rate_interval]))',
          ],
        ),
        lines('Found in memory', 'percentunit', [
          '{{namespace}}',
          'namespace:postgresql_cache_hits:ratio_rate5m',
        ]),
        lines(
          'Rows written',
          'ops',
          ['inserted', 'sum(rate(cnpg_pg_stat_database_tup_inserted[$__rate_interval]))'],
          ['updated', 'sum(rate(cnpg_pg_stat_database_tup_updated[$__rate_interval]))'],
          ['deleted', 'sum(rate(cnpg_pg_stat_database_tup_deleted[$__rate_interval]))'],
        ),
        lines('Size', 'bytes', ['{{datname}}', 'max by (datname) (cnpg_pg_database_size_bytes)']),
      ],
    },
    {
      title: 'Sessions',
      panels: [
        lines('Connections', 'short', [
          '{{application_name}} {{state}}',
          'sum by (application_name, state) (cnpg_backends_total)',
        ]),
        lines('Longest transaction', 's', [
          '{{application_name}}',
          'max by (application_name) (cnpg_backends_max_tx_duration_seconds)',
        ]),
        lines('Waiting for locks', 'short', ['sessions', 'sum(cnpg_backends_waiting_total)']),
        lines('Deadlocks', 'cps', [
          '{{datname}}',
          'sum by (datname) (rate(cnpg_pg_stat_database_deadlocks[$__rate_interval]))',
        ]),
      ],
    },
  ],
};
