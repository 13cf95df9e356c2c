import { type Database, sql } from '@fineract-gitops/db';

/**
 * Keeps a login session alive that its client used: a refresh counts as activity, as in Keycloak.
 * @param expiresAt epoch seconds
 */
export async function extendSession(database: Database, uid: string, expiresAt: number): Promise<void> {
  await database.execute(sql`
    update oidc_records
    set expires_at = ${new Date(expiresAt * 1000)}, payload = jsonb_set(payload, '{exp}', to_jsonb(${expiresAt}::bigint))
    where model = 'Session' and uid = ${uid} and expires_at > ${new Date()}`);
}

/** Whether the login session that a client knows as `sid` still lives. */
export async function isSessionAlive(database: Database, clientId: string, sid: string): Promise<boolean> {
  const found = await database.rowOrNull(sql`
    select 1 as alive from oidc_records
    where model = 'Session' and expires_at > ${new Date()}
      and payload -> 'authorizations' -> ${clientId} ->> 'sid' = ${sid}`);
  return found !== null;
}

/** Ends every login session of a user; the refresh tokens of a session die with it. */
export async function endSessionsOf(database: Database, userId: string): Promise<void> {
  await database.execute(sql`
    delete from oidc_records where model = 'Session' and payload ->> 'accountId' = ${userId}`);
}
