import { randomBytes } from 'node:crypto';
import { type Database, sql, type Transaction } from '@fineract-gitops/db';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';

const ROTATION_DAYS = 90;
/** How long a replaced key still verifies: longer than any token it signed. */
const OVERLAP_DAYS = 2;
const DAY_MS = 86_400_000;

type StoredKey = { kid: string; private_jwk: JWK; created_at: Date };

/**
 * The token signing keys, newest first. Makes the first one, replaces one that is older than 90 days, and drops those
 * whose successor has signed for two days.
 */
export async function loadSigningKeys(database: Database): Promise<JWK[]> {
  return database.transaction(async (tx) => {
    // Two instances that start together must agree on the key.
    await tx.execute(sql`lock table signing_keys in exclusive mode`);
    let keys = await readKeys(tx);
    if (keys[0] === undefined || ageDays(keys[0]) > ROTATION_DAYS) {
      await addKey(tx);
      keys = await readKeys(tx);
    }
    const [, ...replaced] = keys.map((key, index) => ({ ...key, successor: keys[index - 1] }));
    const retired = replaced.filter(
      ({ successor }) => successor !== undefined && ageDays(successor) > OVERLAP_DAYS,
    );
    for (const { kid } of retired) await tx.execute(sql`delete from signing_keys where kid = ${kid}`);
    return keys
      .filter(({ kid }) => !retired.some((gone) => gone.kid === kid))
      .map(({ kid, private_jwk: jwk }) => ({ ...jwk, kid, use: 'sig', alg: 'RS256' }));
  });
}

function readKeys(tx: Transaction): Promise<StoredKey[]> {
  return tx.rows<StoredKey>(sql`
    select kid, private_jwk, created_at from signing_keys order by created_at desc, kid`);
}

async function addKey(tx: Transaction): Promise<void> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  await tx.execute(sql`
    insert into signing_keys (kid, private_jwk, created_at) values (${kid}, ${JSON.stringify(jwk)}, ${new Date()})`);
}

function ageDays({ created_at: createdAt }: StoredKey): number {
  return (Date.now() - createdAt.getTime()) / DAY_MS;
}

/** The key that signs the sign-in cookies; made once. */
export async function loadCookieKey(database: Database): Promise<string> {
  await database.execute(sql`
    insert into secrets (name, value) values ('cookie-key', ${randomBytes(32).toString('base64url')})
    on conflict (name) do nothing`);
  const { value } = await database.row<{ value: string }>(sql`
    select value from secrets where name = 'cookie-key'`);
  return value;
}
