import { createModel, imageReference } from '@fineract-gitops/platform';
import { buildCommand } from '@fineract-gitops/platform/images';
import Table from 'cli-table3';
import type { CommandModule } from '../../command.ts';

export const command: CommandModule = {
  description:
    'Every image with its exact tag, where that tag was seen, and its digest where `images lock` read it. Our own ' +
    'come with the command that builds them.',
  async run() {
    const model = createModel();
    const images = Object.entries(model.images).map(([name, { origin, seen }]) => {
      const reference = imageReference(model, name);
      const build = origin === 'ours' ? { build: buildCommand(model, name, reference) } : {};
      return { name, reference, origin, seen, locked: reference.includes('@sha256:'), ...build };
    });
    const table = new Table({ head: ['name', 'image', 'seen'], style: { head: [], border: [] } });
    for (const { name, reference, seen } of images) table.push([name, reference, seen]);
    const builds = images.flatMap(({ build }) => (build ? [build] : []));
    return { data: { images }, text: [table.toString(), 'Ours are built with:', ...builds].join('\n') };
  },
};
