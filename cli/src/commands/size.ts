import { createModel } from '@fineract-gitops/platform';
import { assumptions, type Recommendation, recommend } from '@fineract-gitops/platform/sizing';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { orRefuse } from '../platform/refusals.ts';

interface SizeOptions {
  readonly clients?: number;
  readonly tps?: number;
  readonly provider: 'self-hosted' | 'aws' | 'azure' | 'gcp';
  readonly testing: boolean;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number)) throw new CliError('It must be a number above zero.');
  return number;
}

export const command: CommandModule<SizeOptions> = {
  description:
    'Recommends a profile, replicas, the size of the database and what it costs. The figures behind it stand in ' +
    'platform/sizing/assumptions.ts; measure yours with the programs in bench/.',
  options: [
    { flags: '--clients <number>', text: 'clients of the bank', parse: positive },
    { flags: '--tps <number>', text: 'transactions a second at the peak of the day', parse: positive },
    {
      flags: '--provider <name>',
      text: 'where it runs',
      value: 'self-hosted',
      choices: ['self-hosted', 'aws', 'azure', 'gcp'],
    },
    { flags: '--testing', text: 'no real money: the minimal profile will do', value: false },
  ],
  async run({ options: { clients, tps, provider, testing } }) {
    if (clients === undefined || tps === undefined) {
      throw new CliError('Say how large the bank is: --clients and --tps.', ExitCode.usage);
    }
    const found = await orRefuse(() => recommend(createModel(), { clients, tps, testing }, provider));
    return { data: { clients, tps, provider, ...found, assumptions }, text: told(found) };
  },
};

function told({
  profile,
  because,
  concurrentUsers,
  replicas,
  databaseGi,
  totals,
  cost,
  warnings,
}: Recommendation): string {
  const copies = Object.entries(replicas).map(([name, count]) => `${name} ${count}`);
  return [
    `Profile    ${profile} (${because})`,
    `Users      about ${concurrentUsers} at once`,
    `Replicas   ${copies.join(', ')}`,
    `Database   ${databaseGi} GiB for ${assumptions.yearsKept} years`,
    `Requests   ${totals.cpuMillis / 1000} CPU, ${Math.round(totals.memoryMi / 102.4) / 10} GiB memory, ${totals.storageGi} GiB storage in the cluster`,
    `Cost       $${cost.totalUsd.toFixed(2)} a month`,
    ...warnings.map((warning) => `Beware     ${warning}`),
  ].join('\n');
}
