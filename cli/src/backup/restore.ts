/** Puts dumps back into a server, and looks whether what is there then is what was dumped. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type DatabaseAddress, raw, sql } from '@fineract-gitops/db';
import type { PostgresClientTools } from '@fineract-gitops/local-postgres';
import { ObjectNotFoundError, type ObjectStore } from '@fineract-gitops/objects';
import { withDatabase } from './address.ts';
import { compareFacts, gatherFacts } from './facts.ts';
import { type DatabaseBackup, pathOf } from './manifest.ts';
import { restoreInto } from './tools.ts';

/** What is wrong with a stored dump: undefined when its size and checksum are those of the manifest. */
export async function checkStored(
  store: ObjectStore,
  id: string,
  { file, sizeBytes, sha256 }: DatabaseBackup,
): Promise<string | undefined> {
  let contents: Readable;
  try {
    contents = await store.get(pathOf(id, file));
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return `${file} is missing`;
    throw error;
  }
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of contents as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  if (size !== sizeBytes) return `${file} has ${size} bytes, the manifest says ${sizeBytes}`;
  return hash.digest('hex') === sha256 ? undefined : `${file} is damaged: its checksum is another one`;
}

/** Restores one dump into an empty database and compares. @returns what differs */
export async function restoreDatabase(
  store: ObjectStore,
  id: string,
  backup: DatabaseBackup,
  target: DatabaseAddress,
  tools: PostgresClientTools,
): Promise<string[]> {
  await restoreInto(tools, target, await store.get(pathOf(id, backup.file)));
  return withDatabase(target, async (db) => {
    await db.execute(sql`analyze`);
    return compareFacts(backup.facts, await gatherFacts(db));
  });
}

export interface TargetState {
  exists: boolean;
  /** Tables, views and sequences of any kind. */
  objects: number;
  /** Connections of others. */
  sessions: number;
}

/** What a server has under a database's name. @param server any database of it */
export async function lookAtTarget(server: DatabaseAddress, name: string): Promise<TargetState> {
  const found = await withDatabase(server, (db) =>
    db.rowOrNull<{ sessions: number }>(sql`
      select (select count(*) from pg_catalog.pg_stat_activity a
               where a.datname = d.datname and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()) as sessions
        from pg_catalog.pg_database d where d.datname = ${name}`),
  );
  if (!found) return { exists: false, objects: 0, sessions: 0 };
  const { objects } = await withDatabase({ ...server, database: name }, (db) =>
    db.row<{ objects: number }>(sql`
      select count(*) as objects from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`),
  );
  return { exists: true, objects, sessions: found.sessions };
}

/** Makes an empty database of that name. The name comes from a checked manifest or from us. */
export async function createEmpty(server: DatabaseAddress, name: string): Promise<void> {
  await withDatabase(server, (db) =>
    db.execute(sql`create database ${raw(`"${name}"`)} template template0 encoding 'UTF8'`),
  );
}

export async function dropDatabase(server: DatabaseAddress, name: string): Promise<void> {
  await withDatabase(server, (db) =>
    db.execute(sql`drop database if exists ${raw(`"${name}"`)} with (force)`),
  );
}

/** Empties a database without dropping it: who restores may own it without being allowed to make one. */
export async function emptyDatabase(server: DatabaseAddress, name: string): Promise<void> {
  await withDatabase({ ...server, database: name }, (db) =>
    db.transaction(async (tx) => {
      const schemas = await tx.rows<{ quoted: string }>(sql`
        select quote_ident(nspname) as quoted from pg_catalog.pg_namespace
         where nspname not like 'pg\\_%' and nspname <> 'information_schema'`);
      for (const { quoted } of schemas) await tx.execute(sql`drop schema ${raw(quoted)} cascade`);
      await tx.execute(sql`create schema public`);
    }),
  );
}
