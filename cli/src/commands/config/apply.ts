import { createInterface } from 'node:readline/promises';
import { type BankOptions, bankOptions, openBank } from '../../api/options.ts';
import { CliError } from '../../cli-error.ts';
import { type CommandModule, talk } from '../../command.ts';
import { applyPlan, formatPlan, planConfig, readBankFiles } from '../../config/index.ts';
import { ExitCode } from '../../exit-codes.ts';

interface ApplyOptions extends BankOptions {
  readonly yes: boolean;
}

export const command: CommandModule<ApplyOptions> = {
  description: [
    'Makes the bank as the files say, over its API. What is not in the files is left alone, and nothing is deleted.',
    'Stops at the first refusal; running it again goes on from there. A second run changes nothing.',
  ].join(' '),
  arguments: [['<directories...>', 'where the YAML files are']],
  options: [...bankOptions, { flags: '--yes', text: 'do not ask before changing the bank', value: false }],
  async run({ args, options }) {
    const declared = readBankFiles(args);
    const api = openBank(options);
    const plan = await planConfig(api, declared, process.env);
    if (plan.changes.length > 0 && !options.yes) await confirm(formatPlan(plan), options.url);
    const applied = await applyPlan(api, plan, process.env, {
      onChange: ({ action, declared }, done, total) =>
        talk(
          `[${done}/${total}] ${action === 'create' ? 'created' : 'changed'} ${declared.kind.noun} "${declared.key}"`,
        ),
    });
    const { created, changed, unchanged } = applied;
    return {
      data: applied,
      text: `Created ${created}, changed ${changed}, ${unchanged} were as they should be.`,
    };
  },
};

async function confirm(plan: string, url: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CliError(
      'There is no terminal to ask on. Look at `config plan`, then apply with --yes.',
      ExitCode.usage,
    );
  }
  talk(plan);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(`Change the bank at ${url}? Only "yes" goes on: `);
    if (answer.trim() !== 'yes') throw new CliError('Nothing was changed.', ExitCode.refused);
  } finally {
    prompt.close();
  }
}
