/** Makes a backup: every database as of one moment each, straight into the object store. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql, type Transaction } from '@fineract-gitops/db';
import type { PostgresClientTools } from '@fineract-gitops/local-postgres';
import type { ObjectStore } from '@fineract-gitops/objects';
import programPackage from '../../package.json' with { type: 'json' };
import { CliError } from '../cli-error.ts';
import { talk } from '../command.ts';
import { withDatabase } from './address.ts';
import { gatherFacts, moneyProblems } from './facts.ts';
import { formatSize } from './format.ts';
import { backupId, type DatabaseBackup, type Manifest, pathOf, writeManifest } from './manifest.ts';
import { type Measure, measured } from './measured.ts';
import type { Source } from './places.ts';
import { dump, findTools } from './tools.ts';

/**
 * Dumps the sources into the store and writes the manifest last.
 * @throws CliError when anything is missing: then there is no backup
 */
export async function createBackup(store: ObjectStore, sources: readonly Source[]): Promise<Manifest> {
  const startedAt = new Date();
  const id = backupId(startedAt, randomBytes(2).toString('hex'));
  const server = await serverVersion(sources[0]!);
  const tools = await findTools(server.major);
  const databases: DatabaseBackup[] = [];
  for (const source of sources) databases.push(await backUp(store, id, source, tools));
  const manifest: Manifest = {
    format: 1,
    id,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    program: { version: programPackage.version, pgDump: tools.version },
    server: { version: server.version },
    databases,
  };
  await writeManifest(store, manifest);
  return manifest;
}

function serverVersion({ address }: Source): Promise<{ major: number; version: string }> {
  return withDatabase(address, async (db) => {
    const { number, version } = await db.row<{ number: number; version: string }>(
      sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
    );
    return { major: Math.floor(number / 10_000), version };
  });
}

/** Dump and counts see the same moment: pg_dump joins the snapshot of the transaction that counts. */
function backUp(
  store: ObjectStore,
  id: string,
  { address, kind }: Source,
  tools: PostgresClientTools,
): Promise<DatabaseBackup> {
  const name = address.database;
  const file = `${name}.dump`;
  const began = performance.now();
  return withDatabase(address, (db) =>
    db.transaction(async (tx) => {
      const { snapshot, takenAt, walPosition } = await openSnapshot(tx);
      let measure: Measure | undefined;
      const contents = measured(dump(tools, address, snapshot), name, (result) => {
        measure = result;
      });
      const path = pathOf(id, file);
      await store.put(path, Readable.from(contents, { objectMode: false }), {
        contentType: 'application/octet-stream',
      });
      const stored = await store.stat(path);
      if (!measure || stored?.sizeBytes !== measure.sizeBytes) {
        throw new CliError(
          `The store has ${stored?.sizeBytes ?? 'no'} bytes of ${path} where ${measure?.sizeBytes} were sent: the backup is not complete.`,
        );
      }
      const facts = await gatherFacts(tx);
      for (const problem of moneyProblems(facts)) talk(`Warning: in ${name}, ${problem}.`);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      talk(`${name}: ${formatSize(measure.sizeBytes)} in ${seconds} s`);
      return { name, kind, file, ...measure, takenAt, ...(walPosition ? { walPosition } : {}), facts };
    }),
  );
}

async function openSnapshot(
  tx: Transaction,
): Promise<{ snapshot: string; takenAt: string; walPosition: string | null }> {
  await tx.execute(sql`set transaction isolation level repeatable read, read only`);
  // This transaction waits for pg_dump, which may take as long as it takes.
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  await tx.execute(sql`set local statement_timeout = 0`);
  return tx.row(sql`
    select pg_export_snapshot() as snapshot,
           to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "takenAt",
           (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end)::text
             as "walPosition"`);
}
