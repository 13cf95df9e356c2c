import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { removeCluster } from '@fineract-gitops/local-postgres';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Layout } from './layout.ts';

/** Asks before a bank's data goes for good; without a terminal only `--yes` will do. */
export async function confirmReset(layout: Layout, yes: boolean): Promise<void> {
  if (yes || !existsSync(layout.postgres)) return;
  if (!process.stdin.isTTY) {
    throw new CliError(
      `--reset deletes the bank in ${layout.data}: add --yes to say that you mean it.`,
      ExitCode.usage,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete the bank in ${layout.data} with all its data? [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was deleted.', ExitCode.interrupted);
}

/** Deletes database, objects, messages and secrets; the bank must not be running. */
export function deleteBank(layout: Layout): void {
  removeCluster(layout.postgres);
  for (const path of [layout.objects, layout.inbox, layout.secrets, layout.demoMark, layout.logs]) {
    rmSync(path, { recursive: true, force: true });
  }
}
