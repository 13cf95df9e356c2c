/** Jobs and runs as people read them. */
import Table from 'cli-table3';
import type { BankJob, JobRun } from './bank-jobs.ts';

const plain = { head: [], border: [] };

export function formatJobs(jobs: readonly BankJob[]): string {
  if (jobs.length === 0) return 'The bank has no jobs.';
  const table = new Table({ head: ['short name', 'job', 'schedule', 'next run', 'last run'], style: plain });
  for (const job of jobs) {
    const last = job.lastRunHistory;
    table.push([
      job.shortName ?? '',
      job.displayName,
      job.active ? job.cronExpression : `${job.cronExpression} (off)`,
      job.currentlyRunning ? 'runs now' : minute(job.nextRunTime),
      last ? `${last.status} ${minute(last.jobRunEndTime)}` : 'never',
    ]);
  }
  return table.toString();
}

export function formatRuns(job: BankJob, runs: readonly JobRun[]): string {
  if (runs.length === 0) return `${job.displayName} has not run yet.`;
  const table = new Table({
    head: ['run', 'started', 'took', 'by', 'status', 'done', 'skipped', 'failed', 'message'],
    style: plain,
  });
  for (const run of runs) {
    table.push([
      run.version,
      minute(run.jobRunStartTime),
      duration(run),
      run.triggerType ?? '',
      run.status,
      run.itemsDone ?? '',
      run.itemsSkipped ?? '',
      run.itemsFailed ?? '',
      run.jobRunErrorMessage ?? '',
    ]);
  }
  return table.toString();
}

/** `Post Interest For Savings, run 3: success in 12 s (1500 done, 0 skipped, 0 failed)`. */
export function formatOutcome(job: BankJob, run: JobRun): string {
  const counts =
    run.itemsDone === undefined
      ? ''
      : ` (${run.itemsDone} done, ${run.itemsSkipped ?? 0} skipped, ${run.itemsFailed ?? 0} failed)`;
  const reason = run.jobRunErrorMessage ? `\n${run.jobRunErrorMessage}` : '';
  return `${job.displayName}, run ${run.version}: ${run.status} in ${duration(run)}${counts}${reason}`;
}

/** `Post Interest For Savings: 500 of 1500`. */
export function formatProgress(job: BankJob, run: JobRun): string {
  const settled = (run.itemsDone ?? 0) + (run.itemsSkipped ?? 0) + (run.itemsFailed ?? 0);
  return run.itemsTotal
    ? `${job.displayName}: ${settled} of ${run.itemsTotal}`
    : `${job.displayName}: under way`;
}

function minute(time: string | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

function duration({ jobRunStartTime, jobRunEndTime }: JobRun): string {
  if (!jobRunEndTime) return '';
  const seconds = (Date.parse(jobRunEndTime) - Date.parse(jobRunStartTime)) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
