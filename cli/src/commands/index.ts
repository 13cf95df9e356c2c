import type { CommandEntry } from '../command.ts';

/** What each noun is about, for `--help`. */
export const groups: Record<string, string> = {
  config: 'A bank as YAML files: offices, roles, products, chart of accounts …',
  job: 'What the bank does by itself: interest, clean-up',
};

/** Every command; adding one is a file `<noun>/<verb>.ts` (or `<verb>.ts`) and a line here. */
export const commands: readonly CommandEntry[] = [
  { path: 'start', summary: 'Start the bank on this machine', load: () => import('./start.ts') },
  { path: 'status', summary: 'Say what runs and where', load: () => import('./status.ts') },
  { path: 'stop', summary: 'Stop the bank that runs on this machine', load: () => import('./stop.ts') },
  {
    path: 'doctor',
    summary: 'Say what this machine has and what it lacks',
    load: () => import('./doctor.ts'),
  },
  {
    path: 'config check',
    summary: "Check a bank's YAML files, without a bank",
    load: () => import('./config/check.ts'),
  },
  {
    path: 'config plan',
    summary: 'Show what the files would change in the bank',
    load: () => import('./config/plan.ts'),
  },
  {
    path: 'config apply',
    summary: 'Make the bank as the files say',
    load: () => import('./config/apply.ts'),
  },
  { path: 'job list', summary: "List the bank's jobs", load: () => import('./job/list.ts') },
  { path: 'job run', summary: 'Run a job now', load: () => import('./job/run.ts') },
  { path: 'job history', summary: 'Show the runs of a job', load: () => import('./job/history.ts') },
];
