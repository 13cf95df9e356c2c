import { type Dashboard, lines, number } from './dashboard.ts';

export const redis: Dashboard = {
  name: 'redis',
  title: 'Redis',
  about: 'Cache of entities and store of sessions.',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Up', 'bool_on_off', 'min(redis_up)'),
        number('Memory in use', 'percentunit', 'max(redis_memory_used_bytes / redis_memory_max_bytes)'),
        number('Hits', 'percentunit', 'avg(namespace:redis_hits:ratio_rate5m)'),
        number('Clients', 'short', 'sum(redis_connected_clients)'),
      ],
    },
    {
      title: 'Load',
      panels: [
        lines('Commands', 'ops', [
          '{{pod}}',
          'sum by (pod) (rate(redis_commands_processed_total[$__rate_interval]))',
        ]),
        lines(
          'Keys looked up',
          'ops',
          ['found', 'sum(rate(redis_keyspace_hits_total[$__rate_interval]))'],
          ['missed', 'sum(rate(redis_keyspace_misses_total[$__rate_interval]))'],
        ),
        lines(
          'Keys gone',
          'ops',
          ['expired', 'sum(rate(redis_expired_keys_total[$__rate_interval]))'],
          ['evicted', 'sum(rate(redis_evicted_keys_total[$__rate_interval]))'],
        ),
        lines('Keys', 'short', ['{{db}}', 'sum by (db) (redis_db_keys)']),
      ],
    },
    {
      title: 'Memory and file',
      panels: [
        lines(
          'Memory',
          'bytes',
          ['used', 'sum(redis_memory_used_bytes)'],
          ['allowed', 'sum(redis_memory_max_bytes)'],
        ),
        lines('Append-only file', 'bytes', ['{{pod}}', 'redis_aof_current_size_bytes']),
        lines(
          'Clients',
          'short',
          ['connected', 'sum(redis_connected_clients)'],
          ['blocked', 'sum(redis_blocked_clients)'],
        ),
      ],
    },
  ],
};
