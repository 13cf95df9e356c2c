import { type BankOptions, bankOptions, openBank } from '../../api/options.ts';
import type { CommandModule } from '../../command.ts';
import { listJobs } from '../../jobs/bank-jobs.ts';
import { formatJobs } from '../../jobs/format.ts';

export const command: CommandModule<BankOptions> = {
  options: bankOptions,
  async run({ options }) {
    const jobs = await listJobs(openBank(options));
    return { data: jobs, text: formatJobs(jobs) };
  },
};
