import { sql } from '@fineract-gitops/db';
import { singleStepJob } from '../kernel/index.ts';
import { keptSince } from './retention.ts';

/** Forgets idempotency keys older than the configured days. The audit log is never purged. */
export const purgeProcessedCommands = singleStepJob({
  name: 'Purge Processed Commands',
  shortName: 'COM_PURG',
  cronExpression: '0 30 1 * * ?',
  async run({ tenant: { db } }) {
    const since = await keptSince(db, 'purge-processed-commands-older-than-days');
    if (!since) return;
    await db.execute(sql`delete from idempotency_records where created_at < ${since}`);
  },
});
