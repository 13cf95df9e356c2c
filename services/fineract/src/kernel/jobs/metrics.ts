import { counter, gauge, histogram } from '@fineract-gitops/telemetry';

export const runsTotal = counter({
  name: 'fineract_job_runs_total',
  help: 'Finished job runs by status',
  labelNames: ['job', 'status'],
});

export const runDurationSeconds = histogram({
  name: 'fineract_job_run_duration_seconds',
  help: 'Time from the start of a job run to its end',
  labelNames: ['job'],
  buckets: [0.5, 1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200],
});

export const itemsTotal = counter({
  name: 'fineract_job_items_total',
  help: 'Items of job runs by outcome',
  labelNames: ['job', 'outcome'],
});

/** A counter that first appears at one shows no increase, so alerts look at when a run last ended this way. */
export const lastRunTimestampSeconds = gauge({
  name: 'fineract_job_last_run_timestamp_seconds',
  help: 'When a run of the job last ended with the status on this instance',
  labelNames: ['job', 'status'],
});
