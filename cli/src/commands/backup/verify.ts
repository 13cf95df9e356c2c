import { readAddress } from '../../backup/address.ts';
import { findBackup } from '../../backup/manifest.ts';
import { asCliError, openStore, type StoreOptions, storeOptions } from '../../backup/places.ts';
import { verifyBackup } from '../../backup/verify.ts';
import type { CommandModule } from '../../command.ts';
import { ExitCode } from '../../exit-codes.ts';

interface VerifyOptions extends StoreOptions {
  server?: string;
}

export const command: CommandModule<VerifyOptions> = {
  description: [
    'Checks every dump’s checksum, restores it into a scratch database, compares the rows of every table, and holds',
    'balances against transactions and debits against credits. The scratch databases are made on --server, or on a',
    `PostgreSQL started for this alone, and removed again. Exit code ${ExitCode.differences} when something differs.`,
  ].join(' '),
  arguments: [['[id]', 'which backup (default: the newest complete one)']],
  options: [
    ...storeOptions,
    {
      flags: '--server <url>',
      text: 'any database of a server on which you may make databases; password from PGPASSWORD or PGPASSFILE',
    },
  ],
  async run({ args, options }) {
    try {
      const store = await openStore(options);
      const manifest = await findBackup(store, args[0]);
      const server = options.server === undefined ? undefined : readAddress(options.server, '--server');
      const databases = await verifyBackup(store, manifest, server);
      const sound = databases.every(({ problems }) => problems.length === 0);
      const verdict = sound ? 'is sound: it was restored and compared' : 'is NOT sound: make a new one now';
      return {
        data: { id: manifest.id, sound, databases },
        text: `Backup ${manifest.id} ${verdict}.`,
        exitCode: sound ? ExitCode.ok : ExitCode.differences,
      };
    } catch (error) {
      throw asCliError(error);
    }
  },
};
