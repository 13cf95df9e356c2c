import { type Dashboard, lines, number } from './dashboard.ts';

export const jobs: Dashboard = {
  name: 'jobs',
  title: 'Jobs',
  about: 'Interest posting and the other jobs of the bank: runs, items, durations.',
  engine: 'fineract-ts',
  rows: [
    {
      title: 'Now',
      panels: [
        number(
          'Interest last posted',
          'dateTimeFromNow',
          'max(max_over_time(fineract_job_last_run_timestamp_seconds{exported_job="Post Interest For Savings",status="success"}[7d])) * 1000',
        ),
        number('Runs in a day', 'short', 'sum(increase(fineract_job_runs_total[24h]))'),
        number(
          'Failed runs in a day',
          'short',
          'sum(increase(fineract_job_runs_total{status="failed"}[24h]))',
        ),
        number(
          'Failed items in a day',
          'short',
          'sum(increase(fineract_job_items_total{outcome="failed"}[24h]))',
        ),
      ],
    },
    {
      title: 'Runs',
      panels: [
        lines('Runs by status', 'short', [
          '{{exported_job}} {{status}}',
          'sum by (exported_job, status) (increase(fineract_job_runs_total[1h]))',
        ]),
        lines('Duration, 95 of 100 within', 's', [
          '{{exported_job}}',
          'histogram_quantile(0.95, sum by (exported_job, le) (rate(fineract_job_run_duration_seconds_bucket[6h])))',
        ]),
        lines('Items a second', 'ops', [
          '{{exported_job}} {{outcome}}',
          'sum by (exported_job, outcome) (rate(fineract_job_items_total[$__rate_interval]))',
        ]),
        lines('Items by instance', 'ops', [
          '{{pod}}',
          'sum by (pod) (rate(fineract_job_items_total[$__rate_interval]))',
        ]),
      ],
    },
  ],
};
