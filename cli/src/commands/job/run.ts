import { type BankOptions, bankOptions, openBank } from '../../api/options.ts';
import { type CommandModule, talk } from '../../command.ts';
import { ExitCode } from '../../exit-codes.ts';
import { findJob } from '../../jobs/bank-jobs.ts';
import { formatOutcome, formatProgress } from '../../jobs/format.ts';
import { startJob, waitForRun } from '../../jobs/run-job.ts';
import { wholeNumber } from '../../jobs/whole-number.ts';

interface RunOptions extends BankOptions {
  readonly wait: boolean;
  readonly timeout: number;
}

export const command: CommandModule<RunOptions> = {
  description: [
    `With --wait the exit code is ${ExitCode.ok} only when the run was a success, else ${ExitCode.failed}.`,
    `A job runs once at a time: with --wait a run that goes on is joined, without it the call is refused (${ExitCode.refused}).`,
  ].join(' '),
  arguments: [['<name>', 'name, short name or id of the job']],
  options: [
    ...bankOptions,
    { flags: '--wait', text: 'wait for the end of the run and say how it went', value: false },
    {
      flags: '--timeout <seconds>',
      text: 'with --wait: how long at most',
      value: 7200,
      parse: wholeNumber,
    },
  ],
  async run({ args, options }) {
    const api = openBank(options);
    const job = await findJob(api, args[0]!);
    const started = await startJob(api, job, options.wait);
    if (!options.wait) {
      return { data: { job: job.displayName, started: true }, text: `${job.displayName} has been started.` };
    }
    talk(
      started.joined
        ? `${job.displayName} runs already; waiting for that run.`
        : `${job.displayName} has been started.`,
    );
    const run = await waitForRun(api, job, started, {
      timeoutSeconds: options.timeout,
      onProgress: sayChanges((current) => formatProgress(job, current)),
    });
    return {
      data: { job: job.displayName, joined: started.joined, ...run },
      text: formatOutcome(job, run),
      exitCode: run.status === 'success' ? ExitCode.ok : ExitCode.failed,
    };
  },
};

/** Says a line when it is another one than the last. */
function sayChanges<T>(format: (value: T) => string): (value: T) => void {
  let last = '';
  return (value) => {
    const line = format(value);
    if (line !== last) talk(line);
    last = line;
  };
}
