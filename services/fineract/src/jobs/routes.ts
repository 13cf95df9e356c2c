/** HTTP shape of jobs and the scheduler: Fineract's paths and permissions. */
import { type CommandResult, command, query } from '../kernel/index.ts';
import { noBody, updateJobBody } from './bodies.ts';
import { executeJob, startScheduler, stopScheduler, updateJob } from './commands.ts';
import { listJobs, listRuns, readJob, readRun, readScheduler } from './queries.ts';

const grouping = 'jobs';
const entity = 'SCHEDULER';
const permission = 'READ_SCHEDULER';

/** A job is named by its id or by its short name. */
const JOB_PATHS = ['/jobs/:jobId', '/jobs/short-name/:shortName'] as const;

const jobCommands = JOB_PATHS.flatMap((path) => [
  command({
    method: 'POST',
    path,
    command: 'executeJob',
    action: 'EXECUTEJOB',
    entity,
    grouping,
    summary: 'Run a job now; the answer names where the run can be watched',
    body: noBody,
    event: 'job.started',
    accepted: {
      location: ({ resourceId, subResourceId }: CommandResult) =>
        `/jobs/${resourceId}/runhistory/${subResourceId}`,
    },
    run: executeJob,
  }),
  command({
    method: 'PUT',
    path,
    action: 'UPDATE',
    entity,
    grouping,
    summary: "Change a job's name, schedule or whether it runs by itself",
    body: updateJobBody,
    event: 'job.updated',
    run: updateJob,
  }),
]);

export const commands = [
  ...jobCommands,
  command({
    method: 'POST',
    path: '/scheduler',
    command: 'start',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Let jobs start by their schedule; what was missed starts once',
    body: noBody,
    event: 'scheduler.started',
    accepted: {},
    run: startScheduler,
  }),
  command({
    method: 'POST',
    path: '/scheduler',
    command: 'stop',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Keep jobs from starting by their schedule',
    body: noBody,
    event: 'scheduler.stopped',
    accepted: {},
    run: stopScheduler,
  }),
];

const paging = ['offset', 'limit', 'orderBy', 'sortOrder'];

export const queries = [
  query({ path: '/jobs', summary: 'List jobs', grouping, permission, run: listJobs }),
  query({
    path: '/scheduler',
    summary: 'Whether the scheduler runs',
    grouping,
    permission,
    run: readScheduler,
  }),
  ...JOB_PATHS.flatMap((path) => [
    query({ path, summary: 'Read a job', grouping, permission, run: readJob }),
    query({
      path: `${path}/runhistory`,
      summary: 'List the runs of a job',
      grouping,
      permission,
      parameters: paging,
      run: listRuns,
    }),
    query({
      path: `${path}/runhistory/:version`,
      summary: 'Read one run, also while it goes on',
      grouping,
      permission,
      run: readRun,
    }),
  ]),
];
