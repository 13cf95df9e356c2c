/** What a banker would notice: writes that break, events that stay behind, messages that do not go out. */

import type { RuleGroup } from './group.ts';

const failedShare =
  'sum by (namespace) (rate(fineract_commands_total{outcome="failed"}[10m]))' +
  ' / sum by (namespace) (rate(fineract_commands_total[10m]))';

export const bank: RuleGroup = {
  name: 'bank',
  about: 'Commands, events and messages of the core',
  engine: 'fineract-ts',
  recordings: [
    {
      record: 'namespace:fineract_cache_hits:ratio_rate10m',
      expr:
        'sum by (namespace) (rate(fineract_cache_requests_total{result="hit"}[10m]))' +
        ' / sum by (namespace) (rate(fineract_cache_requests_total[10m]))',
    },
  ],
  alerts: [
    {
      alert: 'CommandsFail',
      expr: `${failedShare} > 0.01`,
      for: '5m',
      severity: 'critical',
      summary: '{{ $value | humanizePercentage }} of the writes fail by a defect, not by a refusal',
      action: 'Read the logs of fineract-write with level error: each names the command and the request id.',
    },
    {
      alert: 'EventsStayBehind',
      expr: 'max by (namespace) (fineract_outbox_pending_events) > 1000',
      for: '10m',
      severity: 'warning',
      summary: '{{ $value }} events wait for the slowest consumer',
      action:
        'See which consumer stands still on the Bank dashboard; Kafka, user sync or the mail relay may be down. Nothing is lost while it waits.',
    },
    {
      alert: 'MessagesFail',
      expr:
        'sum by (namespace, channel) (rate(fineract_notifications_total{status=~"failed|uncertain"}[30m]))' +
        ' / sum by (namespace, channel) (rate(fineract_notifications_total[30m])) > 0.05',
      for: '15m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the messages by {{ $labels.channel }} do not go out',
      action:
        "Check the relay's credentials and quota; the notifications API lists each failed message with its reason.",
    },
    {
      alert: 'CoreWaitsForDatabase',
      expr: 'sum by (namespace, job) (fineract_db_pool_connections{state="waiting"}) > 5',
      for: '5m',
      severity: 'critical',
      summary: '{{ $value }} requests of {{ $labels.job }} wait for a database connection',
      action:
        'See the PostgreSQL dashboard for locks and long transactions; if there are none, raise the pools and max_connections together.',
    },
    {
      alert: 'CacheBypassed',
      expr: 'sum by (namespace) (rate(fineract_cache_requests_total{result="bypass"}[10m])) > 0',
      for: '10m',
      severity: 'warning',
      summary: 'Reads go past the cache: Redis does not answer',
      action: 'See the Redis dashboard. Answers are right, only slower.',
    },
  ],
};
