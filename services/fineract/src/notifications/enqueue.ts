import { type Queryable, type Sql, sql } from '@fineract-gitops/db';

/**
 * Queues a message per cause and channel for customers who can be reached on it. Causes that were queued before are left
 * alone, so a job may call this again.
 *
 * @param causes a query with the columns `cause` (text, unique for what happened), `client_id` and `data` (jsonb)
 * @returns how many messages are new
 */
export async function enqueueNotifications(db: Queryable, template: string, causes: Sql): Promise<number> {
  return db.execute(sql`
    insert into notifications (channel, template, client_id, data, cause_key)
    select reach.channel, ${template}, causes.client_id, causes.data, causes.cause || ':' || reach.channel
      from (${causes}) causes
      join clients c on c.id = causes.client_id
     cross join lateral (values ('email', c.email_address), ('sms', c.mobile_no)) as reach (channel, address)
     where reach.address <> ''
    on conflict (cause_key) do nothing`);
}
