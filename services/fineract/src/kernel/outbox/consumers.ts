/** Who follows the outbox inside an instance. */
import type { Cache } from '@fineract-gitops/cache';
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
