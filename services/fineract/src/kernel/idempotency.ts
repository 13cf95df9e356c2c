/**
 * Repeats of a write answer what the first one answered. A key belongs to an action, an entity and a user, and covers the
 * exact request: the same key with another body is refused (Fineract never compares, and would answer a stranger's result).
 */
import { createHash } from 'node:crypto';
import { type Database, sql, type Transaction } from '@fineract-gitops/db';
import { ApiError } from './errors.ts';

export interface IdempotencyClaim {
  readonly key: string;
  readonly action: string;
  readonly entity: string;
  readonly userId: number;
  readonly requestHash: string;
}

export interface StoredOutcome {
  readonly status: number;
  readonly body: string;
}

const KEY_LENGTH_MAX = 100;

/** @throws ApiError 400 when the key is longer than a key may be or has unprintable characters */
export function checkIdempotencyKey(key: string): string {
  if (key.length > KEY_LENGTH_MAX || !/^[\x21-\x7e]+$/.test(key)) {
    throw new ApiError(
      400,
      'error.msg.idempotency.key.invalid',
      `The Idempotency-Key must be 1 to ${KEY_LENGTH_MAX} printable characters.`,
    );
  }
  return key;
}

export function hashRequest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url');
}

/**
 * Claims the key inside the write's own transaction, so that the claim commits with the change or not at all. A second
 * request with the same key waits here for the first one's end.
 *
 * @returns the stored outcome to repeat, or `null` when this request is the first
 * @throws ApiError 422 when the key was used for another request or by another user
 */
export async function claimKey(tx: Transaction, claim: IdempotencyClaim): Promise<StoredOutcome | null> {
  const claimed = await tx.execute(sql`
    insert into idempotency_records (key, action, entity, user_id, request_hash)
    values (${claim.key}, ${claim.action}, ${claim.entity}, ${claim.userId}, ${claim.requestHash})
    on conflict (action, entity, key) do nothing`);
  return claimed === 1 ? null : readOutcome(tx, claim);
}

interface RecordRow {
  user_id: number;
  request_hash: string;
  status: number | null;
  body: string | null;
}

async function readOutcome(tx: Transaction, claim: IdempotencyClaim): Promise<StoredOutcome> {
  const row = await tx.row<RecordRow>(sql`
    select user_id, request_hash, status, body from idempotency_records
     where action = ${claim.action} and entity = ${claim.entity} and key = ${claim.key}`);
  if (row.user_id !== claim.userId || row.request_hash !== claim.requestHash) {
    throw new ApiError(
      422,
      'error.msg.idempotency.key.reused',
      'This Idempotency-Key was already used for another request. Use a new key for a new request.',
    );
  }
  return { status: row.status ?? 200, body: row.body ?? '' };
}

export async function storeOutcome(
  tx: Transaction,
  claim: IdempotencyClaim,
  outcome: StoredOutcome,
): Promise<void> {
  await tx.execute(sql`
    update idempotency_records set status = ${outcome.status}, body = ${outcome.body}
     where action = ${claim.action} and entity = ${claim.entity} and key = ${claim.key}`);
}

/**
 * Keeps a refusal, after its transaction was rolled back, so that a repeat gets the same error as in Fineract. Losing it
 * in a crash is harmless: the repeat is then judged anew, and nothing had changed.
 */
export async function storeRefusal(db: Database, claim: IdempotencyClaim, error: ApiError): Promise<void> {
  await db.execute(sql`
    insert into idempotency_records (key, action, entity, user_id, request_hash, status, body)
    values (${claim.key}, ${claim.action}, ${claim.entity}, ${claim.userId}, ${claim.requestHash}, ${error.status},
            ${JSON.stringify(error.body())})
    on conflict (action, entity, key) do nothing`);
}
