import type { CommandEntry } from '../command.ts';

/** What each noun is about, for `--help`. */
export const groups: Record<string, string> = {
  backup: 'Dumps of every database in an object store: made, proved, put back',
  images: 'What runs: exact tags, digests, how ours are built',
  secrets: 'What workloads read in secret: needed, sealed, and never plain in Git',
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
  { path: 'backup create', summary: 'Back up every database', load: () => import('./backup/create.ts') },
  { path: 'backup list', summary: 'List the backups', load: () => import('./backup/list.ts') },
  {
    path: 'backup verify',
    summary: 'Prove a backup by restoring it',
    load: () => import('./backup/verify.ts'),
  },
  { path: 'backup restore', summary: 'Put a backup back', load: () => import('./backup/restore.ts') },
  {
    path: 'render',
    summary: 'Render the platform model into the deploy folder',
    load: () => import('./render.ts'),
  },
  {
    path: 'cost',
    summary: 'Estimate what an environment costs a month',
    load: () => import('./cost.ts'),
  },
  {
    path: 'size',
    summary: 'Recommend what to run for so many clients and transactions',
    load: () => import('./size.ts'),
  },
  {
    path: 'topology',
    summary: 'Draw the components and connections of an environment',
    load: () => import('./topology.ts'),
  },
  {
    path: 'diff',
    summary: 'Compare two environments, field by field',
    load: () => import('./diff.ts'),
  },
  {
    path: 'plan',
    summary: 'Show what Argo CD would change in an environment',
    load: () => import('./plan.ts'),
  },
  {
    path: 'promote',
    summary: 'Move a change from develop to main, or from main to a release',
    load: () => import('./promote.ts'),
  },
  {
    path: 'seal',
    summary: 'Seal values of a secret, so that Git may hold them',
    load: () => import('./seal.ts'),
  },
  {
    path: 'unseal',
    summary: 'Open a sealed secret with a recovery key',
    load: () => import('./unseal.ts'),
  },
  {
    path: 'secrets check',
    summary: 'Check that nothing secret is plain and everything needed is sealed',
    load: () => import('./secrets/check.ts'),
  },
  {
    path: 'secrets template',
    summary: 'List the secrets that an environment needs',
    load: () => import('./secrets/template.ts'),
  },
  { path: 'images list', summary: 'List every image and its tag', load: () => import('./images/list.ts') },
  { path: 'images bump', summary: 'Change the tag of an image', load: () => import('./images/bump.ts') },
  {
    path: 'images lock',
    summary: "Read every image's digest from its registry",
    load: () => import('./images/lock.ts'),
  },
  {
    path: 'import',
    summary: 'Import the history of another bank from CSV files',
    load: () => import('./import.ts'),
  },
  {
    path: 'validate',
    summary: 'Check the tree before a cluster sees it',
    load: () => import('./validate.ts'),
  },
];
