/**
 * Jobs of the bank. A job's name stands in `exported_job`: Prometheus keeps `job` for the scraped component.
 */

import type { RuleGroup } from './group.ts';

const lastRun = (status: string, by = 'namespace, exported_job'): string =>
  `max by (${by}) (max_over_time(fineract_job_last_run_timestamp_seconds{status=~"${status}"}[2d]))`;

export const jobs: RuleGroup = {
  name: 'jobs',
  about: 'Job runs and their items',
  engine: 'fineract-ts',
  alerts: [
    {
      alert: 'JobFailed',
      expr: `${lastRun('failed')} > (${lastRun('success|partial')} or 0 * ${lastRun('failed')})`,
      for: '0m',
      severity: 'critical',
      summary: 'The job {{ $labels.exported_job }} failed and has not succeeded since',
      action:
        'Read the reason with `fineract-gitops job history`, mend it and run the job again: items that are done stay done.',
    },
    {
      alert: 'JobLeftItems',
      expr: `${lastRun('partial')} > (${lastRun('success')} or 0 * ${lastRun('partial')})`,
      for: '0m',
      severity: 'warning',
      summary: 'The job {{ $labels.exported_job }} could not do all of its items',
      action:
        '`fineract-gitops job history` lists the failed items with their reasons; mend them and run the job again.',
    },
    {
      alert: 'InterestNotPosted',
      expr:
        'time() - max by (namespace) (max_over_time(fineract_job_last_run_timestamp_seconds' +
        '{exported_job="Post Interest For Savings",status=~"success|partial"}[3d])) > 93600',
      for: '10m',
      severity: 'critical',
      summary: 'Interest was last posted {{ $value | humanizeDuration }} ago',
      action:
        'Look at the CronJob apply-interest and its last pod; run `fineract-gitops job run applyInterest --wait` to catch up.',
    },
    {
      alert: 'JobSlow',
      expr:
        'histogram_quantile(0.95, sum by (namespace, exported_job, le)' +
        ' (rate(fineract_job_run_duration_seconds_bucket[6h]))) > 3600',
      for: '0m',
      severity: 'warning',
      summary: 'The job {{ $labels.exported_job }} takes {{ $value | humanizeDuration }}',
      action:
        'Add batch replicas (platform/model/components/fineract-batch.ts); instances share the partitions.',
    },
  ],
};
