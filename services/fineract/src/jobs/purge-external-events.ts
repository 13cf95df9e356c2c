import { sql } from '@fineract-gitops/db';
import { singleStepJob } from '../kernel/index.ts';
import { keptSince } from './retention.ts';

/** Removes events that every consumer has had and that are older than the configured days. */
export const purgeExternalEvents = singleStepJob({
  name: 'Purge External Events',
  shortName: 'EXE_PURG',
  cronExpression: '0 0 1 * * ?',
  async run({ tenant: { db } }) {
    const since = await keptSince(db, 'purge-external-events-older-than-days');
    if (!since) return;
    await db.execute(sql`
      delete from outbox_events
       where occurred_at < ${since} and position <= (select min(position) from outbox_consumers)`);
  },
});
