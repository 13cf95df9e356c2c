import type { CommandModule } from '../../command.ts';
import { readBankFiles } from '../../config/index.ts';

export const command: CommandModule = {
  description:
    'Checks form, names, references and duplicates of every file, without a bank. Names every problem with file, line and column.',
  arguments: [['<directories...>', 'where the YAML files are']],
  async run({ args }) {
    const items = readBankFiles(args).length;
    return { data: { items }, text: `${items} items are in order.` };
  },
};
