/**
 * The metrics that a component really exports, by the name that Prometheus keeps. Ours are compared with the running
 * bank by `tests/e2e/metrics.test.ts`, both ways; the exporters' name where they were read.
 */

type Kind = 'counter' | 'gauge' | 'histogram' | 'summary';

export interface ExportedMetric {
  readonly name: string;
  readonly kind: Kind;
  /** Labels of its own; absent where an exporter's are not listed. */
  readonly labels?: readonly string[];
}

/** What one program exports, and the components that it serves. */
export interface Exporter {
  readonly components: readonly string[];
  readonly source: string;
  readonly metrics: readonly ExportedMetric[];
}

const metric = (kind: Kind, name: string, ...labels: string[]): ExportedMetric => ({ kind, name, labels });
const counter = (name: string, ...labels: string[]): ExportedMetric => metric('counter', name, ...labels);
const gauge = (name: string, ...labels: string[]): ExportedMetric => metric('gauge', name, ...labels);
const histogram = (name: string, ...labels: string[]): ExportedMetric => metric('histogram', name, ...labels);

const unlabelled = (prefix: string, kind: Kind, names: string): readonly ExportedMetric[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ kind, name: `${prefix}${name}` }));

/** What every service of ours exports. */
const everyService: readonly ExportedMetric[] = [
  histogram('http_server_request_duration_seconds', 'method', 'route', 'status_code'),
  counter('process_cpu_seconds_total'),
  gauge('process_resident_memory_bytes'),
  gauge('process_start_time_seconds'),
  gauge('nodejs_eventloop_lag_p99_seconds'),
  gauge('nodejs_heap_size_used_bytes'),
  gauge('nodejs_heap_size_total_bytes'),
];

/** The core's own; the running bank has them on its write or batch instance, or on both. */
const coreMetrics: readonly ExportedMetric[] = [
  counter('fineract_commands_total', 'action', 'entity', 'outcome'),
  counter('fineract_savings_transactions_total', 'type'),
  counter('fineract_cache_requests_total', 'entity', 'result'),
  gauge('fineract_outbox_pending_events'),
  gauge('fineract_db_pool_connections', 'state'),
  counter('fineract_outbox_published_events_total', 'consumer'),
  counter('fineract_job_runs_total', 'job', 'status'),
  histogram('fineract_job_run_duration_seconds', 'job'),
  counter('fineract_job_items_total', 'job', 'outcome'),
  gauge('fineract_job_last_run_timestamp_seconds', 'job', 'status'),
  counter('fineract_notifications_total', 'channel', 'status'),
  counter('fineract_user_sync_users_total', 'outcome'),
  counter('fineract_password_hand_overs_total', 'outcome'),
];

const gatewayMetrics: readonly ExportedMetric[] = [
  counter('gateway_logins_total', 'outcome'),
  gauge('gateway_active_sessions'),
  histogram('gateway_upstream_request_duration_seconds', 'upstream', 'status_code'),
];

const userSyncMetrics: readonly ExportedMetric[] = [
  counter('user_sync_changes_total', 'outcome'),
  counter('user_sync_passwords_total'),
];

const core = ['fineract-read', 'fineract-write', 'fineract-batch'];

/** Our programs. */
export const services: readonly Exporter[] = [
  { components: core, source: 'services/fineract', metrics: [...everyService, ...coreMetrics] },
  { components: ['gateway'], source: 'services/gateway', metrics: [...everyService, ...gatewayMetrics] },
  { components: ['user-sync'], source: 'services/user-sync', metrics: [...everyService, ...userSyncMetrics] },
];

/** The same place taken by the official engine: Spring Boot's names, by Micrometer. */
export const apacheCore: Exporter = {
  components: core,
  source: 'Spring Boot Actuator: supported metrics',
  metrics: [
    histogram('http_server_requests_seconds', 'method', 'uri', 'status', 'outcome', 'exception'),
    gauge('process_start_time_seconds'),
    ...unlabelled('jvm_', 'gauge', 'memory_used_bytes memory_max_bytes'),
  ],
};

/** Programs of others. */
export const exporters: readonly Exporter[] = [
  {
    components: ['postgresql'],
    source: 'CloudNativePG 1.30: docs/src/monitoring.md and config/manager/default-monitoring.yaml',
    metrics: [
      ...unlabelled(
        'cnpg_collector_',
        'gauge',
        `up last_collection_error pg_wal pg_wal_archive_status sync_replicas fencing_on manual_switchover_required
         nodes_used`,
      ),
      // Backups by the plugin: CloudNativePG's own figures of them stay at zero.
      ...unlabelled(
        'barman_cloud_cloudnative_pg_io_',
        'gauge',
        'last_available_backup_timestamp last_failed_backup_timestamp first_recoverability_point',
      ),
      ...unlabelled(
        'cnpg_',
        'gauge',
        'backends_total backends_waiting_total backends_max_tx_duration_seconds',
      ),
      ...unlabelled(
        'cnpg_pg_',
        'gauge',
        `database_size_bytes database_xid_age replication_lag replication_in_recovery
         replication_is_wal_receiver_up replication_streaming_replicas replication_slots_active
         replication_slots_pg_wal_lsn_diff stat_archiver_seconds_since_last_archival
         stat_replication_replay_lag_seconds settings_setting`,
      ),
      ...unlabelled(
        'cnpg_pg_stat_',
        'counter',
        `archiver_archived_count archiver_failed_count bgwriter_checkpoints_timed bgwriter_checkpoints_req
         database_xact_commit database_xact_rollback database_blks_hit database_blks_read database_deadlocks
         database_temp_bytes database_tup_inserted database_tup_updated database_tup_deleted database_tup_fetched`,
      ),
    ],
  },
  {
    components: ['redis'],
    source: 'redis_exporter 1.90: exporter/exporter.go',
    metrics: [
      ...unlabelled(
        'redis_',
        'gauge',
        `up connected_clients blocked_clients max_clients memory_used_bytes memory_max_bytes mem_fragmentation_ratio
         aof_enabled aof_last_write_status aof_last_bgrewrite_status aof_current_size_bytes uptime_in_seconds db_keys`,
      ),
      ...unlabelled(
        'redis_',
        'counter',
        `commands_processed_total keyspace_hits_total keyspace_misses_total evicted_keys_total expired_keys_total
         rejected_connections_total`,
      ),
    ],
  },
  {
    components: ['keycloak'],
    source: 'Keycloak 26.7.2, scraped after requests and a refused sign-in',
    metrics: [
      { kind: 'counter', name: 'keycloak_user_events_total', labels: ['realm', 'event', 'error'] },
      {
        kind: 'summary',
        name: 'http_server_requests_seconds',
        labels: ['method', 'uri', 'status', 'outcome'],
      },
      ...unlabelled('', 'gauge', 'agroal_active_count agroal_available_count agroal_awaiting_count'),
      { kind: 'gauge', name: 'jvm_memory_used_bytes', labels: ['area', 'id'] },
      { kind: 'gauge', name: 'jvm_memory_max_bytes', labels: ['area', 'id'] },
    ],
  },
  {
    components: ['kafka', 's3', 'grafana', 'loki', 'alloy'],
    source: 'Prometheus itself, for every target',
    metrics: [gauge('up'), gauge('scrape_duration_seconds')],
  },
];
