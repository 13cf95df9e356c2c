/**
 * Which batch instances are alive. graphile-worker by itself gives the work of a killed process to others after four
 * hours; here every worker says each few seconds that it is there, and the others take over from one that fell silent.
 * A worker that was only slow is harmless: an item's transaction notices that the run is past it.
 */
import { type Database, sql } from '@fineract-gitops/db';

/** Says that these workers are alive. */
export async function beat(db: Database, workerId: string): Promise<void> {
  await db.execute(sql`
    insert into batch_instances (id) values (${workerId}) on conflict (id) do update set seen_at = now()`);
}

/** Takes a worker that ended in order off the list. */
export async function retire(db: Database, workerId: string): Promise<void> {
  await db.execute(sql`delete from batch_instances where id = ${workerId}`);
}

/** Frees the work of workers that were not seen for the lease; answers how many workers were found dead. */
export async function buryDead(db: Database, leaseSeconds: number): Promise<number> {
  return db.transaction(async (tx) => {
    const buried = await tx.execute(sql`
      delete from batch_instances where seen_at < now() - make_interval(secs => ${leaseSeconds}::float8)`);
    // Also what was locked by a worker that died before it could say that it lives.
    await tx.execute(sql`
      select job_queue.force_unlock_workers(array(
        select distinct locked_by from job_queue.jobs
         where locked_at < now() - make_interval(secs => ${leaseSeconds}::float8)
           and not exists (select from batch_instances i where i.id = locked_by)))`);
    return buried;
  });
}
