/** The command line as a process, as people and jobs run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { CoreProcess } from './core-process.ts';

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname;

export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly outcome: Promise<CliOutcome>;
}

/** Starts a command against the bank; secrets go through the environment. */
export function startCli(
  core: Pick<CoreProcess, 'url' | 'password'>,
  words: string[],
  env: object = {},
): RunningCli {
  const child = spawn(process.execPath, [main, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      FINERACT_URL: core.url,
      FINERACT_USERNAME: 'admin',
      FINERACT_PASSWORD: core.password,
      DEMO_PASSWORD: 'a long demonstration password 7!',
      ...env,
    },
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const outcome = Promise.all([code, text(child.stdout!), text(child.stderr!)]).then(
    ([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr,
    }),
  );
  return { child, outcome };
}

export function runCli(
  core: Pick<CoreProcess, 'url' | 'password'>,
  words: string[],
  env: object = {},
): Promise<CliOutcome> {
  return startCli(core, words, env).outcome;
}
