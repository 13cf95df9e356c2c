import { type Dashboard, lines, number } from './dashboard.ts';

export const bank: Dashboard = {
  name: 'bank',
  title: 'Bank',
  about: 'What the bank does: writes, transactions, messages, events, cache.',
  engine: 'fineract-ts',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Writes a second', 'ops', 'sum(rate(fineract_commands_total{outcome="done"}[5m]))'),
        number(
          'Savings transactions today',
          'short',
          'sum(increase(fineract_savings_transactions_total[24h]))',
        ),
        number('Events that wait', 'short', 'max(fineract_outbox_pending_events)'),
        number('Cache hits', 'percentunit', 'avg(namespace:fineract_cache_hits:ratio_rate10m)'),
      ],
    },
    {
      title: 'Writes',
      panels: [
        lines('Writes by entity', 'ops', [
          '{{entity}} {{action}}',
          'sum by (entity, action) (rate(fineract_commands_total{outcome="done"}[$__rate_interval]))',
        ]),
        lines('Writes that did not happen', 'ops', [
          '{{outcome}} {{entity}}',
          'sum by (outcome, entity) (rate(fineract_commands_total{outcome!="done"}[$__rate_interval]))',
        ]),
        lines('Savings transactions', 'ops', [
          '{{type}}',
          'sum by (type) (rate(fineract_savings_transactions_total[$__rate_interval]))',
        ]),
        lines('Messages', 'cps', [
          '{{channel}} {{status}}',
          'sum by (channel, status) (rate(fineract_notifications_total[$__rate_interval]))',
        ]),
      ],
    },
    {
      title: 'Events and cache',
      panels: [
        lines('Events taken', 'cps', [
          '{{consumer}}',
          'sum by (consumer) (rate(fineract_outbox_published_events_total[$__rate_interval]))',
        ]),
        lines('Events that wait', 'short', ['slowest consumer', 'max(fineract_outbox_pending_events)']),
        lines('Reads that may be cached', 'reqps', [
          '{{entity}} {{result}}',
          'sum by (entity, result) (rate(fineract_cache_requests_total[$__rate_interval]))',
        ]),
      ],
    },
  ],
};
