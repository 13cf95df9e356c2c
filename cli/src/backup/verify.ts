/** Proves a backup by restoring it: a dump that nobody has restored is a hope. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseAddress } from '@fineract-gitops/db';
import { LocalPostgresError, removeCluster, startLocalPostgres } from '@fineract-gitops/local-postgres';
import type { ObjectStore } from '@fineract-gitops/objects';
import { CliError } from '../cli-error.ts';
import { talk } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import type { DatabaseBackup, Manifest } from './manifest.ts';
import { checkStored, createEmpty, dropDatabase, restoreDatabase } from './restore.ts';
import { findTools } from './tools.ts';

/** One database of a verified backup. */
export interface Finding {
  database: string;
  problems: string[];
}

/**
 * Checks every dump's checksum, restores it into a scratch database, and compares counts and money.
 * @param server where the scratch databases may be made; without one a PostgreSQL is started for this alone
 */
export async function verifyBackup(
  store: ObjectStore,
  manifest: Manifest,
  server: DatabaseAddress | undefined,
): Promise<Finding[]> {
  const tools = await findTools(majorOf(manifest));
  return withServer(server, async (scratchServer) => {
    const findings: Finding[] = [];
    for (const backup of manifest.databases) {
      const problems = await verifyDatabase(store, manifest.id, backup, scratchServer, tools);
      talk(`${backup.name}: ${problems.length === 0 ? 'restored, and as it was' : problems.join('; ')}`);
      findings.push({ database: backup.name, problems });
    }
    return findings;
  });
}

/** The major version of the server that was dumped. */
export const majorOf = ({ server }: Manifest): number => Number.parseInt(server.version, 10);

async function verifyDatabase(
  store: ObjectStore,
  id: string,
  backup: DatabaseBackup,
  server: DatabaseAddress,
  tools: Awaited<ReturnType<typeof findTools>>,
): Promise<string[]> {
  const damage = await checkStored(store, id, backup);
  if (damage !== undefined) return [damage];
  const scratch = `verify_${randomBytes(8).toString('hex')}`;
  await createEmpty(server, scratch);
  try {
    return await restoreDatabase(store, id, backup, { ...server, database: scratch }, tools);
  } finally {
    await dropDatabase(server, scratch);
  }
}

async function withServer<T>(
  server: DatabaseAddress | undefined,
  work: (server: DatabaseAddress) => Promise<T>,
): Promise<T> {
  if (server) return work(server);
  const place = mkdtempSync(join(tmpdir(), 'fineract-verify-'));
  chmodSync(place, 0o711); // PostgreSQL may run as another user than we do
  const directory = join(place, 'postgres');
  try {
    const password = randomBytes(24).toString('base64url');
    const { host, port, user, stop } = await startLocalPostgres({ directory, password, durable: false });
    try {
      return await work({ host, port, user, password, database: 'postgres' });
    } finally {
      await stop('fast');
    }
  } catch (error) {
    throw error instanceof LocalPostgresError
      ? new CliError(`${error.message} Or name a server with --server.`, ExitCode.missing, { cause: error })
      : error;
  } finally {
    removeCluster(directory);
    rmSync(place, { recursive: true, force: true });
  }
}
