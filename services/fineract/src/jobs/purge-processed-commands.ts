import { sql } from '@fineract-gitops/db';
import { singleStepJob } from '../kernel/index.ts';
import { keptSince } from './retention.ts';

/** Forgets idempotency keys older than the configured days. The audit log is never purged. */
export const purgeProcessedCommands = singleStepJob({
  name: 'Purge Processed Commands',
  shortName: 'COM_PURG',
  cronExpression: '0 30 1 * * ?',
  async run(tx) {
    const since = await keptSince(tx, 'purge-processed-commands-older-than-days');
    if (!since) return 'skipped';
    const removed = await tx.execute(sql`delete from idempotency_records where created_at < ${since}`);
    return removed > 0 ? 'done' : 'skipped';
  },
});
