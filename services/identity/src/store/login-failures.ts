import { createHash } from 'node:crypto';
import { type Database, sql } from '@fineract-gitops/db';
import type { Realm } from '../realm/schema.ts';

export type BruteForcePolicy = Pick<
  Realm,
  'failureFactor' | 'waitIncrementSeconds' | 'maxFailureWaitSeconds' | 'maxDeltaTimeSeconds'
>;

type Failures = { failures: number; last_failure_at: Date; locked_until: Date | null };

/**
 * Keycloak's rule for temporary lockout: every `failureFactor`-th failure locks the name, each time for one
 * `waitIncrementSeconds` longer, up to `maxFailureWaitSeconds`.
 * @returns seconds to wait, 0 when this failure does not lock
 */
export function lockSeconds(policy: BruteForcePolicy, failures: number): number {
  if (failures % policy.failureFactor !== 0) return 0;
  return Math.min(
    (policy.waitIncrementSeconds * failures) / policy.failureFactor,
    policy.maxFailureWaitSeconds,
  );
}

/**
 * Counts an attempt as failed before its password is looked at; `forgetFailures` takes that back after success. So a
 * hundred guesses at once are a hundred counted guesses.
 * @returns the seconds still locked when the attempt must not be made
 */
export async function admitAttempt(
  database: Database,
  policy: BruteForcePolicy,
  username: string,
): Promise<{ lockedForSeconds: number }> {
  const subject = subjectHash(username);
  const now = new Date();
  return database.transaction(async (tx) => {
    await tx.execute(sql`
      insert into login_failures (subject_hash, failures, last_failure_at) values (${subject}, 0, ${now})
      on conflict (subject_hash) do nothing`);
    const known = await tx.row<Failures>(sql`
      select failures, last_failure_at, locked_until from login_failures where subject_hash = ${subject} for update`);
    const lockedForMs = (known.locked_until?.getTime() ?? 0) - now.getTime();
    if (lockedForMs > 0) return { lockedForSeconds: Math.ceil(lockedForMs / 1000) };
    const stale = now.getTime() - known.last_failure_at.getTime() > policy.maxDeltaTimeSeconds * 1000;
    const failures = stale ? 1 : known.failures + 1;
    const wait = lockSeconds(policy, failures);
    await tx.execute(sql`
      update login_failures set failures = ${failures}, last_failure_at = ${now},
        locked_until = ${wait === 0 ? null : new Date(now.getTime() + wait * 1000)}
      where subject_hash = ${subject}`);
    return { lockedForSeconds: 0 };
  });
}

/** After the right password: nothing is held against the name any more. */
export async function forgetFailures(database: Database, username: string): Promise<void> {
  await database.execute(sql`delete from login_failures where subject_hash = ${subjectHash(username)}`);
}

/** Removes counts that no longer matter. */
export function deleteStaleFailures(database: Database, policy: BruteForcePolicy): Promise<number> {
  const oldest = new Date(Date.now() - policy.maxDeltaTimeSeconds * 1000);
  return database.execute(sql`delete from login_failures where last_failure_at < ${oldest}`);
}

function subjectHash(username: string): string {
  return createHash('sha256').update(username.toLowerCase()).digest('base64url');
}
