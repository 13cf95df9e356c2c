import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FineractApi } from '../api/client.ts';
import { ApiRefusal } from '../api/errors.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { type BankJob, type JobRun, listRuns } from './bank-jobs.ts';

const POLL_MS = 1_000;
const RUNS_LOOKED_AT = 5;

export interface StartedJob {
  /** The last run that had ended before; ours is the one after it. */
  readonly lastEndedVersion: number;
  /** It was running already, by its schedule or somebody else's call. */
  readonly joined: boolean;
}

/** Starts a job, or joins the run that goes on when `join` allows it: a job runs once at a time. */
export async function startJob(api: FineractApi, job: BankJob, join: boolean): Promise<StartedJob> {
  const ended = (await listRuns(api, job, RUNS_LOOKED_AT)).find(({ jobRunEndTime }) => jobRunEndTime);
  const lastEndedVersion = ended?.version ?? 0;
  try {
    await api.post(`/jobs/${job.jobId}?command=executeJob`, {}, { idempotencyKey: randomUUID() });
    return { lastEndedVersion, joined: false };
  } catch (error) {
    const running = error instanceof ApiRefusal && error.code === 'error.msg.sheduler.job.inprogress';
    if (!running || !join) throw error;
    return { lastEndedVersion, joined: true };
  }
}

export interface WaitOptions {
  readonly timeoutSeconds: number;
  readonly onProgress: (run: JobRun) => void;
}

/** Waits for the end of the started run. @throws CliError when it has not ended in time */
export async function waitForRun(
  api: FineractApi,
  job: BankJob,
  { lastEndedVersion }: StartedJob,
  { timeoutSeconds, onProgress }: WaitOptions,
): Promise<JobRun> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  while (Date.now() < deadline) {
    const run = (await listRuns(api, job, RUNS_LOOKED_AT)).findLast(
      ({ version }) => version > lastEndedVersion,
    );
    if (run?.jobRunEndTime) return run;
    if (run) onProgress(run);
    await sleep(POLL_MS);
  }
  throw new CliError(
    `${job.displayName} has not ended within ${timeoutSeconds} seconds. It goes on; look with: job history "${job.displayName}"`,
    ExitCode.failed,
  );
}
