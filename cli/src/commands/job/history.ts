import { type BankOptions, bankOptions, openBank } from '../../api/options.ts';
import type { CommandModule } from '../../command.ts';
import { findJob, listRuns } from '../../jobs/bank-jobs.ts';
import { formatRuns } from '../../jobs/format.ts';
import { wholeNumber } from '../../jobs/whole-number.ts';

export const command: CommandModule<BankOptions & { readonly limit: number }> = {
  arguments: [['<name>', 'name, short name or id of the job']],
  options: [
    ...bankOptions,
    { flags: '--limit <number>', text: 'how many runs, newest first', value: 20, parse: wholeNumber },
  ],
  async run({ args, options }) {
    const api = openBank(options);
    const job = await findJob(api, args[0]!);
    const runs = await listRuns(api, job, options.limit);
    return { data: runs, text: formatRuns(job, runs) };
  },
};
