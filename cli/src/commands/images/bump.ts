import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bumpImage } from '@fineract-gitops/platform/images';
import { CliError } from '../../cli-error.ts';
import type { CommandModule } from '../../command.ts';
import { ExitCode } from '../../exit-codes.ts';
import { projectRoot } from '../../local/layout.ts';
import { orRefuse } from '../../platform/refusals.ts';

const imageTable = join(projectRoot, 'platform/model/images.ts');

export const command: CommandModule<{ seen?: string; table: string }> = {
  description:
    'Changes one tag in platform/model/images.ts; render again afterwards. `ours` is the version of our own images. ' +
    'Tags that move, such as latest, are refused.',
  arguments: [
    ['<name>', 'name in the image table, or `ours`'],
    ['<tag>', 'the exact version'],
  ],
  options: [
    { flags: '--seen <where>', text: 'where the tag was seen, for example "release page, 2026-11"' },
    { flags: '--table <file>', text: 'the image table', value: imageTable },
  ],
  run: ({ args: [name = '', tag = ''], options }) =>
    orRefuse(() => {
      if (options.seen === undefined && name !== 'ours')
        throw new CliError(
          'Say with --seen where the tag was seen; nobody pulls a tag that is not there.',
          ExitCode.usage,
        );
      const text = readFileSync(options.table, 'utf8');
      writeFileSync(options.table, bumpImage(text, { name, tag, seen: options.seen ?? '' }));
      return {
        data: { name, tag },
        text: `${name} is ${tag} now; run \`fineract-gitops render\`, then \`images lock\`.`,
      };
    }),
};
