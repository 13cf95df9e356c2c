import { createBackup } from '../../backup/create.ts';
import { formatSize } from '../../backup/format.ts';
import { listBackups, removeBackup } from '../../backup/manifest.ts';
import { asCliError, findSources, openStore, type StoreOptions, storeOptions } from '../../backup/places.ts';
import { expiredBackups } from '../../backup/prune.ts';
import { type CommandModule, talk } from '../../command.ts';
import { wholeNumber } from '../../jobs/whole-number.ts';

interface CreateOptions extends StoreOptions {
  database?: string;
  keepDays?: number;
}

export const command: CommandModule<CreateOptions> = {
  description: [
    'Dumps the registry, every tenant that it names and the identity service’s database straight into the store, and',
    'writes the manifest last. Without options it backs up the bank that runs on this machine. User and password come',
    'from PGUSER and PGPASSWORD or PGPASSFILE; the identity database of a cluster from BACKUP_IDENTITY_DATABASE_URL,',
    '_USERNAME and _PASSWORD.',
  ].join(' '),
  options: [
    ...storeOptions,
    {
      flags: '--database <url>',
      text: 'the registry of tenants (default: BACKUP_DATABASE_URL, else the bank on this machine)',
    },
    {
      flags: '--keep-days <days>',
      text: 'afterwards remove complete backups that are older; the newest always stays',
      parse: wholeNumber,
    },
  ],
  async run({ options }) {
    try {
      const store = await openStore(options);
      const sources = await findSources(options.database, options.data);
      const manifest = await createBackup(store, sources);
      const removed: string[] = [];
      if (options.keepDays !== undefined) {
        for (const backup of expiredBackups(await listBackups(store), options.keepDays, new Date())) {
          await removeBackup(store, backup);
          removed.push(backup.id);
          talk(`Removed backup ${backup.id}, older than ${options.keepDays} days.`);
        }
      }
      const size = formatSize(manifest.databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
      const text = `Backup ${manifest.id} is complete: ${manifest.databases.length} databases, ${size}.`;
      return { data: { ...manifest, removed }, text };
    } catch (error) {
      throw asCliError(error);
    }
  },
};
