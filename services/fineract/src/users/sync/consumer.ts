/** Follows the outbox: whoever's event comes by, their state of now is sent. Twice is harmless, for state is not a step. */
import { counter, type Logger } from '@fineract-gitops/telemetry';
import type { OutboxConsumer, OutboxEvent, Tenant } from '../../kernel/index.ts';
import { allBankUsers, findBankUser } from './bank-users.ts';
import type { UserSyncClient } from './client.ts';

const usersTotal = counter({
  name: 'fineract_user_sync_users_total',
  help: 'Users sent to the identity provider, by outcome',
  labelNames: ['outcome'],
});

interface Options {
  readonly client: UserSyncClient;
  readonly tenant: string;
  readonly logger: Logger;
}

/**
 * Everybody is compared at the first events after a start, after an outage, and when somebody's name changes (only the
 * whole list tells which account was the old name's); otherwise those whom events name. Running as a consumer means
 * under its lock: no second instance overtakes with an older state.
 */
export function userSyncConsumer({ client, tenant: identifier, logger }: Options): OutboxConsumer {
  let inStep = false;
  return {
    name: 'user-sync',
    async deliver(tenant, events) {
      if (tenant.identifier !== identifier) return;
      const ours = events.filter(({ aggregateType }) => aggregateType === 'user');
      const all = !inStep || ours.some(renames);
      inStep = false;
      if (all) await reconcile(tenant);
      else for (const event of lastOfEach(ours)) await sendUser(tenant, event);
      inStep = true;
    },
  };

  async function reconcile(tenant: Tenant): Promise<void> {
    const drift = await client.reconcile(await allBankUsers(tenant.db));
    const { inStep: same, users, refused, formerNames, unknown } = drift;
    usersTotal.inc({ outcome: 'done' }, same + users.length);
    usersTotal.inc({ outcome: 'refused' }, refused.length);
    const counts = { same, changed: users.length, formerNames: formerNames.length, unknown: unknown.length };
    logger.info(counts, 'the identity provider was brought in step with the users');
    for (const each of refused) logger.warn(each, 'the identity provider does not take this user');
  }

  async function sendUser(tenant: Tenant, { aggregateId, uid }: OutboxEvent): Promise<void> {
    const user = await findBankUser(tenant.db, Number(aggregateId));
    if (!user) return;
    const { userId } = user;
    const reply = await client.putUser({ ...user, eventId: uid });
    usersTotal.inc({ outcome: reply.refused === null ? 'done' : 'refused' });
    // One that is refused would be refused again; the others do not wait for it.
    if (reply.refused !== null) {
      logger.warn({ userId, reason: reply.refused }, 'the identity provider does not take this user');
    } else if (reply.body.missingRoles.length > 0) {
      const { missingRoles } = reply.body;
      logger.warn({ userId, missingRoles }, 'the identity provider does not have all roles of this user');
    }
  }
}

function renames({ data }: OutboxEvent): boolean {
  const { changes } = (data ?? {}) as { changes?: Readonly<Record<string, unknown>> };
  return changes?.['username'] !== undefined;
}

/** The state that is sent is that of now, so one event for each user is enough. */
function lastOfEach(events: readonly OutboxEvent[]): Iterable<OutboxEvent> {
  return new Map(events.map((event) => [event.aggregateId, event])).values();
}
