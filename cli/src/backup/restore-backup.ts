/** Restores a backup into a server, or into the bank on this machine. */
import { createInterface } from 'node:readline/promises';
import type { DatabaseAddress } from '@fineract-gitops/db';
import { LocalPostgresError, startLocalPostgres } from '@fineract-gitops/local-postgres';
import type { ObjectStore } from '@fineract-gitops/objects';
import { CliError } from '../cli-error.ts';
import { talk } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { layoutOf } from '../local/layout.ts';
import { RunFile } from '../local/run-file.ts';
import { ensureSecrets } from '../local/secrets.ts';
import type { DatabaseBackup, Manifest } from './manifest.ts';
import {
  checkStored,
  createEmpty,
  emptyDatabase,
  lookAtTarget,
  restoreDatabase,
  type TargetState,
} from './restore.ts';
import { findTools } from './tools.ts';
import { type Finding, majorOf } from './verify.ts';

export interface RestorePlan {
  store: ObjectStore;
  manifest: Manifest;
  /** Only these databases; all when absent. */
  names: readonly string[] | undefined;
  /** Empty targets that are not. */
  force: boolean;
}

/**
 * Restores the databases under their own names. Nothing is touched before every dump and every target was looked at.
 * @throws CliError when a dump is damaged, or a target is in use or holds something
 */
export async function restoreBackup(plan: RestorePlan, server: DatabaseAddress): Promise<Finding[]> {
  const { store, manifest } = plan;
  const backups = chosen(plan);
  const tools = await findTools(majorOf(manifest));
  const targets: { backup: DatabaseBackup; state: TargetState }[] = [];
  for (const backup of backups) {
    const damage = await checkStored(store, manifest.id, backup);
    if (damage !== undefined) throw new CliError(`Nothing was restored: ${damage}.`, ExitCode.refused);
    const state = await lookAtTarget(server, backup.name);
    refuseUnfit(backup.name, state, plan.force);
    targets.push({ backup, state });
  }
  const findings: Finding[] = [];
  for (const { backup, state } of targets) {
    if (!state.exists) await createEmpty(server, backup.name);
    else if (state.objects > 0) await emptyDatabase(server, backup.name);
    const target = { ...server, database: backup.name };
    const problems = await restoreDatabase(store, manifest.id, backup, target, tools);
    talk(`${backup.name}: ${problems.length === 0 ? 'restored' : problems.join('; ')}`);
    findings.push({ database: backup.name, problems });
  }
  return findings;
}

function chosen({ manifest, names }: RestorePlan): DatabaseBackup[] {
  const stranger = names?.find((name) => !manifest.databases.some((backup) => backup.name === name));
  if (stranger !== undefined) {
    const known = manifest.databases.map(({ name }) => name).join(', ');
    throw new CliError(`Backup ${manifest.id} has no database ${stranger}: it has ${known}.`, ExitCode.usage);
  }
  return manifest.databases.filter(({ name }) => names === undefined || names.includes(name));
}

function refuseUnfit(name: string, { objects, sessions }: TargetState, force: boolean): void {
  if (sessions > 0) {
    const others = sessions === 1 ? 'somebody else is' : `${sessions} others are`;
    throw new CliError(
      `Nothing was restored: ${others} connected to ${name}; stop the services that use it first.`,
      ExitCode.refused,
    );
  }
  if (objects > 0 && !force) {
    throw new CliError(
      `Nothing was restored: the database ${name} is not empty; --force deletes what it holds.`,
      ExitCode.refused,
    );
  }
}

/** Asks before databases are written; without a terminal only `--yes` will do. @throws CliError */
export async function confirmRestore(
  { id, databases }: Manifest,
  server: DatabaseAddress | undefined,
  { yes, force, only }: { yes: boolean; force: boolean; only?: string },
): Promise<void> {
  if (yes) return;
  const what = only ?? databases.map(({ name }) => name).join(', ');
  const where = server ? `the server ${server.host}:${server.port}` : 'the bank on this machine';
  const loss = force ? ', deleting what they hold' : '';
  if (!process.stdin.isTTY) {
    throw new CliError(
      `This restores ${what} of backup ${id} into ${where}${loss}: add --yes to say that you mean it.`,
      ExitCode.usage,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Restore ${what} into ${where}${loss}? [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was restored.', ExitCode.interrupted);
}

/** The embedded PostgreSQL of the bank on this machine, started for the restore alone while the bank cannot start. */
export async function withLocalServer<T>(
  data: string | undefined,
  work: (server: DatabaseAddress) => Promise<T>,
): Promise<T> {
  const layout = layoutOf(data);
  const claim = await RunFile.claim(layout.run, 'local');
  try {
    const password = ensureSecrets(layout.secrets).postgresPassword;
    const server = await startLocalPostgres({ directory: layout.postgres, password, takeOver: true });
    try {
      const { host, port, user } = server;
      return await work({ host, port, user, password, database: 'postgres' });
    } finally {
      await server.stop();
    }
  } catch (error) {
    throw error instanceof LocalPostgresError
      ? new CliError(error.message, ExitCode.failed, { cause: error })
      : error;
  } finally {
    claim.release();
  }
}
