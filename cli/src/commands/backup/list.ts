import Table from 'cli-table3';
import { formatSize } from '../../backup/format.ts';
import { listBackups, type StoredBackup } from '../../backup/manifest.ts';
import { asCliError, openStore, type StoreOptions, storeOptions } from '../../backup/places.ts';
import type { CommandModule } from '../../command.ts';

export const command: CommandModule<StoreOptions> = {
  description: 'The newest stands first. What has no manifest was never finished and cannot be restored.',
  options: storeOptions,
  async run({ options }) {
    try {
      const data = (await listBackups(await openStore(options))).map(describe);
      return { data, text: data.length === 0 ? 'There is no backup yet.' : table(data) };
    } catch (error) {
      throw asCliError(error);
    }
  },
};

type Line = ReturnType<typeof describe>;

function describe({ id, manifest, problem }: StoredBackup) {
  if (!manifest) return { id, complete: false, state: problem ?? 'unfinished', databases: [] };
  const { startedAt, finishedAt, databases } = manifest;
  const sizeBytes = databases.reduce((sum, database) => sum + database.sizeBytes, 0);
  const names = databases.map(({ name }) => name);
  return { id, complete: true, state: 'complete', databases: names, startedAt, finishedAt, sizeBytes };
}

function table(lines: readonly Line[]): string {
  const result = new Table({
    head: ['backup', 'state', 'size', 'databases'],
    style: { head: [], border: [] },
  });
  for (const { id, state, sizeBytes, databases } of lines)
    result.push([id, state, sizeBytes === undefined ? '' : formatSize(sizeBytes), databases.join(', ')]);
  return result.toString();
}
