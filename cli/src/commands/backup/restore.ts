import { readAddress } from '../../backup/address.ts';
import { findBackup } from '../../backup/manifest.ts';
import { asCliError, openStore, type StoreOptions, storeOptions } from '../../backup/places.ts';
import { confirmRestore, restoreBackup, withLocalServer } from '../../backup/restore-backup.ts';
import type { CommandModule } from '../../command.ts';
import { ExitCode } from '../../exit-codes.ts';

interface RestoreOptions extends StoreOptions {
  into?: string;
  only?: string;
  force: boolean;
  yes: boolean;
}

export const command: CommandModule<RestoreOptions> = {
  description: [
    'Restores databases under their own names and compares them with what was dumped. Nothing is touched before every',
    'checksum is right and every target is empty and unused; --force empties targets that are not. Without --into the',
    'bank on this machine is restored, which must be stopped for it.',
  ].join(' '),
  arguments: [['<id>', 'which backup; `backup list` shows them']],
  options: [
    ...storeOptions,
    {
      flags: '--into <url>',
      text: 'any database of the server to restore into; password from PGPASSWORD or PGPASSFILE',
    },
    { flags: '--only <names>', text: 'only these databases, with commas between' },
    { flags: '--force', text: 'delete what the target databases hold', value: false },
    { flags: '--yes', text: 'do not ask before', value: false },
  ],
  async run({ args, options }) {
    try {
      const store = await openStore(options);
      const manifest = await findBackup(store, args[0]);
      const names = options.only?.split(',').map((name) => name.trim());
      const server = options.into === undefined ? undefined : readAddress(options.into, '--into');
      await confirmRestore(manifest, server, options);
      const plan = { store, manifest, names, force: options.force };
      const databases = server
        ? await restoreBackup(plan, server)
        : await withLocalServer(options.data, (local) => restoreBackup(plan, local));
      const same = databases.every(({ problems }) => problems.length === 0);
      const verdict = same ? 'and is as it was' : 'but is NOT as it was, see above';
      return {
        data: { id: manifest.id, same, databases },
        text: `Backup ${manifest.id} is restored, ${verdict}.`,
        exitCode: same ? ExitCode.ok : ExitCode.differences,
      };
    } catch (error) {
      throw asCliError(error);
    }
  },
};
