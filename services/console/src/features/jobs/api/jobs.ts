import { queryOptions } from '@tanstack/react-query';
import { get, type Page, post } from '../../../shared/api.ts';

export interface Job {
  readonly jobId: number;
  readonly displayName: string;
  readonly cronExpression?: string;
  readonly active: boolean;
  readonly currentlyRunning: boolean;
  readonly nextRunTime?: string;
  readonly lastRunHistory?: JobRun;
}

export interface JobRun {
  readonly version: number;
  readonly jobRunStartTime?: string;
  readonly jobRunEndTime?: string;
  readonly status?: string;
  readonly jobRunErrorMessage?: string;
  readonly triggerType?: string;
}

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: () => get<readonly Job[]>('/jobs'),
  // A run takes seconds; while one is under way the page follows it.
  refetchInterval: ({ state }) =>
    state.data?.some(({ currentlyRunning }) => currentlyRunning) ? 1_000 : 15_000,
});

export function jobRunsQuery(jobId: number) {
  return queryOptions({
    queryKey: ['jobs', jobId, 'runs'],
    queryFn: () => get<Page<JobRun>>(`/jobs/${jobId}/runhistory?limit=20&orderBy=id&sortOrder=desc`),
    refetchInterval: 5_000,
  });
}

export function runJob(jobId: number): Promise<void> {
  return post(`/jobs/${jobId}?command=executeJob`, {});
}
