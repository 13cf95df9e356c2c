import type { CommandEntry } from '../command.ts';

/** What each noun is about, for `--help`. */
export const groups: Record<string, string> = {};

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
];
