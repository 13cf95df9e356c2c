/** Who follows the outbox inside an instance. */
import type { Cache } from '@fineract-gitops/cache';
import type { EventPublisher } from '@fineract-gitops/events';
import { cacheKeyOf } from '../command.ts';
import type { OutboxConsumer } from './outbox.ts';

/** Invalidates again what a write may have failed to: its instance died, or Redis was away, right after the commit. */
export function cacheConsumer(cache: Cache): OutboxConsumer {
  return {
    name: 'cache',
    async deliver(tenant, events) {
      const keys = new Set(
        events.flatMap(({ cacheKeys }) => cacheKeys.map((key) => cacheKeyOf(tenant, key))),
      );
      if (keys.size > 0) await cache.invalidate([...keys]);
    },
  };
}

/** Publishes every event to the broker, in the outbox's order. */
export function brokerConsumer(publisher: EventPublisher): OutboxConsumer {
  return {
    name: 'kafka',
    deliver: (tenant, events) =>
      publisher.publish(
        events.map(({ uid, type, aggregateType, aggregateId, occurredAt, data }) => ({
          id: uid,
          type,
          tenant: tenant.identifier,
          aggregateType,
          aggregateId,
          occurredAt,
          data,
        })),
      ),
  };
}
