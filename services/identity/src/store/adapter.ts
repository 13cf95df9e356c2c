import { type Database, sql } from '@fineract-gitops/db';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

type Record = { payload: AdapterPayload; consumed_at: Date | null };

/**
 * Sessions, codes and tokens of the protocol library in PostgreSQL, so that a restart signs nobody out. Times come from
 * this process's clock, the one that the library judges expiry by.
 */
export function createAdapterFactory(database: Database): AdapterFactory {
  return (model) => createAdapter(database, model);
}

function createAdapter(database: Database, model: string): Adapter {
  const read = async (record: Promise<Record | null>): Promise<AdapterPayload | undefined> => {
    const found = await record;
    if (found === null) return undefined;
    const { payload, consumed_at: consumedAt } = found;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) };
  };
  return {
    async upsert(id, payload, expiresIn) {
      const expiresAt = new Date(Date.now() + (expiresIn ?? 0) * 1000);
      await database.execute(sql`
        insert into oidc_records (model, id, payload, grant_id, uid, expires_at)
        values (${model}, ${id}, ${JSON.stringify(payload)}, ${payload.grantId ?? null}, ${payload.uid ?? null},
          ${expiresAt})
        on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
          uid = excluded.uid, expires_at = excluded.expires_at`);
    },
    find: (id) =>
      read(
        database.rowOrNull<Record>(sql`
          select payload, consumed_at from oidc_records
          where model = ${model} and id = ${id} and expires_at > ${new Date()}`),
      ),
    findByUid: (uid) =>
      read(
        database.rowOrNull<Record>(sql`
          select payload, consumed_at from oidc_records
          where model = ${model} and uid = ${uid} and expires_at > ${new Date()}`),
      ),
    // Only the device flow has user codes, and it is off.
    findByUserCode: async () => undefined,
    async consume(id) {
      await database.execute(sql`
        update oidc_records set consumed_at = ${new Date()} where model = ${model} and id = ${id}`);
    },
    async destroy(id) {
      await database.execute(sql`delete from oidc_records where model = ${model} and id = ${id}`);
    },
    async revokeByGrantId(grantId) {
      await database.execute(sql`delete from oidc_records where model = ${model} and grant_id = ${grantId}`);
    },
  };
}

/** Removes what has expired; answers how many records that were. */
export function deleteExpiredRecords(database: Database): Promise<number> {
  return database.execute(sql`delete from oidc_records where expires_at <= ${new Date()}`);
}
