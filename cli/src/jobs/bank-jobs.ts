/** Jobs of a bank over its API, as this bank and Apache Fineract answer them. */
import type { FineractApi } from '../api/client.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

export interface BankJob {
  readonly jobId: number;
  readonly displayName: string;
  readonly shortName?: string;
  readonly cronExpression: string;
  readonly active: boolean;
  readonly currentlyRunning: boolean;
  readonly nextRunTime?: string;
  readonly lastRunHistory?: JobRun;
}

/** One run. Apache Fineract lists it when it has ended; this bank also while it goes on, with the counts of its items. */
export interface JobRun {
  readonly version: number;
  readonly status: string;
  readonly jobRunStartTime: string;
  readonly jobRunEndTime?: string;
  readonly jobRunErrorMessage?: string;
  readonly triggerType?: string;
  readonly itemsTotal?: number;
  readonly itemsDone?: number;
  readonly itemsSkipped?: number;
  readonly itemsFailed?: number;
}

export async function listJobs(api: FineractApi): Promise<readonly BankJob[]> {
  return api.get<readonly BankJob[]>('/jobs');
}

/** The job of that name, short name or id. @throws CliError that lists the bank's jobs */
export async function findJob(api: FineractApi, name: string): Promise<BankJob> {
  const jobs = await listJobs(api);
  const wanted = name.trim().toLowerCase();
  const job = jobs.find(({ jobId, displayName, shortName }) =>
    [String(jobId), displayName.toLowerCase(), shortName?.toLowerCase()].includes(wanted),
  );
  if (job) return job;
  const known = jobs
    .map(({ displayName, shortName }) => (shortName ? `${shortName} (${displayName})` : displayName))
    .join(', ');
  throw new CliError(`The bank has no job "${name}". It has: ${known}.`, ExitCode.usage);
}

/** The latest runs, newest first. */
export async function listRuns(api: FineractApi, job: BankJob, limit: number): Promise<readonly JobRun[]> {
  const query = `offset=0&limit=${limit}&orderBy=version&sortOrder=desc`;
  const page = await api.get<{ pageItems: readonly JobRun[] }>(`/jobs/${job.jobId}/runhistory?${query}`);
  return page.pageItems;
}
