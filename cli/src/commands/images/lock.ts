import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createModel } from '@fineract-gitops/platform';
import { lockImages } from '@fineract-gitops/platform/images';
import type { CommandModule } from '../../command.ts';
import { projectRoot } from '../../local/layout.ts';
import { orRefuse } from '../../platform/refusals.ts';

const lockFile = join(projectRoot, 'platform/model/images.lock.json');

export const command: CommandModule<{ file: string }> = {
  description:
    'Asks the registries which digest each public image has now and writes platform/model/images.lock.json; the ' +
    'tree then names digests beside tags. Writes nothing unless every registry answers; digests are never made up.',
  options: [{ flags: '--file <file>', text: 'the lock', value: lockFile }],
  run: ({ options }) =>
    orRefuse(async () => {
      const lock = await lockImages(createModel());
      writeFileSync(options.file, `${JSON.stringify(lock, null, 2)}\n`);
      const count = Object.keys(lock.digests).length;
      return { data: lock, text: `Locked ${count} images; run \`fineract-gitops render\`.` };
    }),
};
