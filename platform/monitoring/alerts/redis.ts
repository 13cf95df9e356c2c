/** Cache and session store. A full memory is how a cache works; what it loses by that is not. */

import type { RuleGroup } from './group.ts';

export const redis: RuleGroup = {
  name: 'redis',
  about: 'The cache and the sessions',
  recordings: [
    {
      record: 'namespace:redis_hits:ratio_rate5m',
      expr:
        'sum by (namespace) (rate(redis_keyspace_hits_total[5m]))' +
        ' / (sum by (namespace) (rate(redis_keyspace_hits_total[5m])) + sum by (namespace) (rate(redis_keyspace_misses_total[5m])))',
    },
  ],
  alerts: [
    {
      alert: 'RedisDown',
      expr: 'redis_up == 0',
      for: '2m',
      severity: 'critical',
      summary: 'Redis does not answer in {{ $labels.namespace }}',
      action:
        'The bank goes on without it, slower; sessions of the gateway come back with it. Look at the pod redis-0.',
    },
    {
      alert: 'RedisNotPersisted',
      expr: 'redis_aof_last_write_status == 0 or redis_aof_last_bgrewrite_status == 0',
      for: '5m',
      severity: 'critical',
      summary: 'Redis cannot write its append-only file',
      action: 'Its volume is full or broken: a restart now would sign everybody out.',
    },
    {
      alert: 'RedisEvicts',
      expr: 'sum by (namespace) (rate(redis_evicted_keys_total[15m])) > 50',
      for: '30m',
      severity: 'warning',
      summary: 'Redis drops {{ $value | humanize }} keys a second for want of memory',
      action:
        'Sessions go with them: raise maxmemory and the limit together (platform/model/components/redis.ts).',
    },
    {
      alert: 'RedisRefusesConnections',
      expr: 'sum by (namespace) (increase(redis_rejected_connections_total[5m])) > 0',
      for: '0m',
      severity: 'warning',
      summary: 'Redis refused {{ $value | humanize }} connections',
      action: 'Somebody opens connections without closing them: see the clients on the Redis dashboard.',
    },
  ],
};
