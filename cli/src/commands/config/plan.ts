import { type BankOptions, bankOptions, openBank } from '../../api/options.ts';
import type { CommandModule } from '../../command.ts';
import { formatPlan, planConfig, planData, readBankFiles } from '../../config/index.ts';
import { ExitCode } from '../../exit-codes.ts';

interface PlanOptions extends BankOptions {
  readonly exitCode: boolean;
}

export const command: CommandModule<PlanOptions> = {
  description:
    'Compares the files with the bank, over its API, and shows what `config apply` would create and change. Nothing is sent.',
  arguments: [['<directories...>', 'where the YAML files are']],
  options: [
    ...bankOptions,
    { flags: '--exit-code', text: `exit with ${ExitCode.differences} when there are changes`, value: false },
  ],
  async run({ args, options }) {
    const declared = readBankFiles(args);
    const plan = await planConfig(openBank(options), declared, process.env);
    const differs = options.exitCode && plan.changes.length > 0;
    return {
      data: planData(plan),
      text: formatPlan(plan),
      exitCode: differs ? ExitCode.differences : ExitCode.ok,
    };
  },
};
