/**
 * The rows that wait to go out. A row is claimed in one statement and settled in another; what a crash leaves between the
 * two is uncertain, because nobody can know whether the provider had it, and is never sent again by itself.
 */
import { type Database, sql } from '@fineract-gitops/db';
import { counter } from '@fineract-gitops/telemetry';

export type Channel = 'email' | 'sms';

export interface ClaimedNotification {
  readonly id: number;
  readonly uid: string;
  readonly template: string;
  readonly data: unknown;
  readonly attempts: number;
  /** Where it goes; `null` when the client can no longer be reached on the channel. */
  readonly address: string | null;
}

/** What became of an attempt. */
export type Delivery =
  | { readonly status: 'sent'; readonly providerMessageId: string }
  | { readonly status: 'failed' | 'uncertain'; readonly reason: string }
  | { readonly status: 'pending'; readonly reason: string; readonly retryAfterSeconds: number };

const notificationsTotal = counter({
  name: 'fineract_notifications_total',
  help: 'Attempts to send a message to a customer, by what became of them',
  labelNames: ['channel', 'status'],
});

export async function claim(
  db: Database,
  channel: Channel,
  workerId: string,
  limit: number,
): Promise<ClaimedNotification[]> {
  return db.rows<ClaimedNotification>(sql`
    with due as (
      select id from notifications
       where channel = ${channel} and status = 'pending' and next_attempt_at <= now()
       order by next_attempt_at, id limit ${limit} for update skip locked)
    update notifications n set status = 'sending', attempts = n.attempts + 1, claimed_by = ${workerId}
      from due, clients c
     where n.id = due.id and c.id = n.client_id
    returning n.id, n.uid, n.template, n.data, n.attempts,
              nullif(case n.channel when 'email' then c.email_address else c.mobile_no end, '') as address`);
}

/** Writes down what became of a claimed row; also of one that others had meanwhile to call uncertain. */
export async function settle(
  db: Database,
  channel: Channel,
  workerId: string,
  id: number,
  delivery: Delivery,
): Promise<void> {
  const settled = await db.rowOrNull<{ status: string }>(sql`
    update notifications
       set status = case when ${delivery.status} = 'pending' and give_up_at < now() then 'failed' else ${delivery.status} end,
           claimed_by = null,
           sent_at = case when ${delivery.status} = 'sent' then now() end,
           provider_message_id = ${'providerMessageId' in delivery ? delivery.providerMessageId : null}::text,
           error_message = ${'reason' in delivery ? delivery.reason : null}::text,
           next_attempt_at = now() + make_interval(secs => ${'retryAfterSeconds' in delivery ? delivery.retryAfterSeconds : 0}::float8)
     where id = ${id} and claimed_by = ${workerId} and status in ('sending', 'uncertain')
    returning status`);
  if (settled) notificationsTotal.inc({ channel, status: settled.status });
}

/** Marks what a dead instance had in hand; answers how many rows. */
export async function markUncertain(db: Database, leaseSeconds: number): Promise<number> {
  return db.execute(sql`
    update notifications n
       set status = 'uncertain', error_message = 'the instance that was sending it ended; it may have been sent'
     where n.status = 'sending'
       and not exists (select from batch_instances i
                        where i.id = n.claimed_by and i.seen_at > now() - make_interval(secs => ${leaseSeconds}::float8))`);
}
