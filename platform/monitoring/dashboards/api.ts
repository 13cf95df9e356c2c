import { type Dashboard, lines, number } from './dashboard.ts';

const requests = 'http_server_request_duration_seconds';

export const api: Dashboard = {
  name: 'api',
  title: 'API',
  about: 'Rate, errors and duration of every service, and the processes behind them.',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Requests a second', 'reqps', 'sum(job:http_requests:rate5m{job="gateway"})'),
        number('Failed', 'percentunit', 'max(job:http_errors:ratio_rate5m)'),
        number('Slowest of 20', 's', 'max(job:http_request_duration_seconds:p95_5m{job="gateway"})'),
        number('Instances up', 'short', 'sum(up{job=~"gateway|user-sync|fineract-.+"})'),
      ],
    },
    {
      title: 'Requests',
      panels: [
        lines('Rate', 'reqps', ['{{job}}', 'job:http_requests:rate5m']),
        lines('Errors', 'percentunit', ['{{job}}', 'job:http_errors:ratio_rate5m']),
        lines('95 of 100 within', 's', ['{{job}}', 'job:http_request_duration_seconds:p95_5m']),
        lines('Answers by status', 'reqps', [
          '{{job}} {{status_code}}',
          `sum by (job, status_code) (rate(${requests}_count[$__rate_interval]))`,
        ]),
      ],
    },
    {
      title: 'The core',
      engine: 'fineract-ts',
      panels: [
        lines('Busiest routes', 'reqps', [
          '{{method}} {{route}}',
          `topk(10, sum by (method, route) (rate(${requests}_count{job=~"fineract-.+"}[$__rate_interval])))`,
        ]),
        lines('Slowest routes, 95 of 100 within', 's', [
          '{{method}} {{route}}',
          `topk(10, histogram_quantile(0.95, sum by (method, route, le) (rate(${requests}_bucket{job=~"fineract-.+"}[$__rate_interval]))))`,
        ]),
        lines('Failing routes', 'reqps', [
          '{{method}} {{route}}',
          `topk(10, sum by (method, route) (rate(${requests}_count{job=~"fineract-.+",status_code=~"5.."}[$__rate_interval])) > 0)`,
        ]),
        lines('Database connections', 'short', [
          '{{job}} {{state}}',
          'sum by (job, state) (fineract_db_pool_connections)',
        ]),
      ],
    },
    {
      title: 'Processes',
      panels: [
        lines('CPU', 'short', [
          '{{job}} {{pod}}',
          'sum by (job, pod) (rate(process_cpu_seconds_total[$__rate_interval]))',
        ]),
        lines('Memory', 'bytes', ['{{job}} {{pod}}', 'sum by (job, pod) (process_resident_memory_bytes)']),
        lines('Heap in use', 'percentunit', [
          '{{job}} {{pod}}',
          'nodejs_heap_size_used_bytes / nodejs_heap_size_total_bytes',
        ]),
        lines('Event loop behind by', 's', ['{{job}} {{pod}}', 'nodejs_eventloop_lag_p99_seconds']),
      ],
    },
  ],
};
