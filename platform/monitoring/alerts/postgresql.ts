/** PostgreSQL in the cluster, by CloudNativePG's own figures. The managed databases are watched by their providers. */

import type { RuleGroup } from './group.ts';

export const postgresql: RuleGroup = {
  name: 'postgresql',
  about: 'The database, its replicas and its backups (self-hosted provider)',
  recordings: [
    {
      record: 'namespace:postgresql_connections:ratio',
      expr:
        'max by (namespace) (sum by (namespace, pod) (cnpg_backends_total)' +
        ' / on (namespace, pod) max by (namespace, pod) (cnpg_pg_settings_setting{name="max_connections"}))',
    },
    {
      record: 'namespace:postgresql_cache_hits:ratio_rate5m',
      expr:
        'sum by (namespace) (rate(cnpg_pg_stat_database_blks_hit[5m]))' +
        ' / (sum by (namespace) (rate(cnpg_pg_stat_database_blks_hit[5m])) + sum by (namespace) (rate(cnpg_pg_stat_database_blks_read[5m])))',
    },
  ],
  alerts: [
    {
      alert: 'PostgresqlInstanceDown',
      expr: 'cnpg_collector_up == 0',
      for: '2m',
      severity: 'critical',
      summary: 'PostgreSQL does not answer in {{ $labels.pod }}',
      action: '`kubectl cnpg status postgresql` tells which instance is primary and why this one is down.',
    },
    {
      alert: 'PostgresqlNoPrimary',
      expr: 'count by (namespace) (cnpg_pg_replication_in_recovery) == sum by (namespace) (cnpg_pg_replication_in_recovery)',
      for: '1m',
      severity: 'critical',
      summary: 'No PostgreSQL instance takes writes',
      action:
        'Failover should take seconds; if it does not, read the operator’s log and the events of the cluster.',
    },
    {
      alert: 'PostgresqlReplicaBehind',
      expr: 'cnpg_pg_replication_lag > 30 and cnpg_pg_replication_in_recovery == 1',
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.pod }} is {{ $value | humanizeDuration }} behind the primary',
      action:
        'Reads of users who have just written go to the primary meanwhile; look for long queries on the replica.',
    },
    {
      alert: 'PostgresqlReplicaNotStreaming',
      expr: 'cnpg_pg_replication_in_recovery == 1 and cnpg_pg_replication_is_wal_receiver_up == 0',
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.pod }} receives nothing from the primary',
      action: 'With one replica fewer a failover may lose its target: let the operator rebuild the instance.',
    },
    {
      alert: 'PostgresqlLogNotArchived',
      expr: 'cnpg_collector_pg_wal_archive_status{value="ready"} > 10',
      for: '15m',
      severity: 'critical',
      summary: '{{ $value }} log segments wait for the archive',
      action:
        'Recovery to a point in time ends where the archive ends: check the bucket and its credentials, before the volume fills.',
    },
    {
      alert: 'PostgresqlBackupOld',
      expr: 'time() - max by (namespace) (barman_cloud_cloudnative_pg_io_last_available_backup_timestamp) > 93600',
      for: '30m',
      severity: 'critical',
      summary: 'The last base backup is {{ $value | humanizeDuration }} old',
      action: 'List the Backup resources of the namespace: the last one holds the reason.',
    },
    {
      alert: 'PostgresqlConnectionsNearLimit',
      expr: 'namespace:postgresql_connections:ratio > 0.8',
      for: '10m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the connections are in use',
      action: 'See who holds them on the PostgreSQL dashboard; lower the pools or raise max_connections.',
    },
    {
      alert: 'PostgresqlLongTransaction',
      expr: 'max by (namespace, usename, application_name) (cnpg_backends_max_tx_duration_seconds) > 900',
      for: '5m',
      severity: 'warning',
      summary: 'A transaction of {{ $labels.application_name }} is open for {{ $value | humanizeDuration }}',
      action:
        'It keeps locks and stops clean-up; find it in pg_stat_activity and end it if nobody waits for it.',
    },
    {
      alert: 'PostgresqlLocksWait',
      expr: 'sum by (namespace) (cnpg_backends_waiting_total) > 10',
      for: '5m',
      severity: 'warning',
      summary: '{{ $value }} sessions wait for locks',
      action: 'Find the session that holds the lock with pg_blocking_pids.',
    },
    {
      alert: 'PostgresqlTransactionIdsRunOut',
      expr: 'max by (namespace, datname) (cnpg_pg_database_xid_age) > 1000000000',
      for: '1h',
      severity: 'critical',
      summary:
        'The database {{ $labels.datname }} has used {{ $value | humanize }} transaction ids since its last freeze',
      action: 'Run VACUUM FREEZE on its oldest tables; at two billion the database stops taking writes.',
    },
  ],
};
