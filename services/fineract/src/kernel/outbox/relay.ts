/** Runs the outbox on every write instance: wakes after a commit here, looks by itself for what others left. */
import { counter, gauge, type Logger } from '@fineract-gitops/telemetry';
import type { Tenant, Tenants } from '../tenants.ts';
import {
  BATCH_SIZE,
  countPending,
  deliverNext,
  type OutboxConsumer,
  registerConsumer,
  stampEvents,
} from './outbox.ts';

export interface Relay {
  wake(): void;
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly tenants: Tenants;
  readonly consumers: readonly OutboxConsumer[];
  readonly logger: Logger;
  readonly pollIntervalMs?: number;
}

const publishedTotal = counter({
  name: 'fineract_outbox_published_events_total',
  help: 'Events that a consumer took',
  labelNames: ['consumer'],
});
const pendingEvents = gauge({
  name: 'fineract_outbox_pending_events',
  help: 'Events that the slowest consumer has not had',
});

/**
 * How long a round waits for company after a commit woke it: a round costs as many round trips as a write, and takes 500
 * events as cheaply as one.
 */
const GATHER_MS = 25;

export function startRelay({ tenants, consumers, logger, pollIntervalMs = 1_000 }: RelayOptions): Relay {
  let stopped = false;
  let wakeUp: () => void = () => {};
  let awake = true;

  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollIntervalMs);
      wakeUp = () => {
        wakeUp = () => {};
        clearTimeout(timer);
        setTimeout(resolve, stopped ? 0 : Math.min(GATHER_MS, pollIntervalMs));
      };
      if (awake) wakeUp();
    });

  const registered = new Set<string>();
  const loop = async () => {
    while (!stopped) {
      awake = false;
      try {
        for (const tenant of await tenants.all()) await relayTenant(tenant, consumers, registered, logger);
      } catch (error) {
        logger.warn({ err: error }, 'the outbox cannot be read; trying again');
        await new Promise((resolve) => setTimeout(resolve, pollIntervalMs));
      }
      if (!stopped) await sleep();
    }
  };
  const running = loop();
  return {
    wake() {
      awake = true;
      wakeUp();
    },
    async stop() {
      stopped = true;
      awake = true;
      wakeUp();
      await running;
    },
  };
}

async function relayTenant(
  tenant: Tenant,
  consumers: readonly OutboxConsumer[],
  registered: Set<string>,
  logger: Logger,
): Promise<void> {
  while ((await stampEvents(tenant.db)) === BATCH_SIZE);
  for (const consumer of consumers) await relayConsumer(tenant, consumer, registered, logger);
  pendingEvents.set(await countPending(tenant.db));
}

/** One consumer that fails (a broker that is away) does not hold up the others. */
async function relayConsumer(
  tenant: Tenant,
  consumer: OutboxConsumer,
  registered: Set<string>,
  logger: Logger,
): Promise<void> {
  const name = `${tenant.identifier}\n${consumer.name}`;
  try {
    if (!registered.has(name)) await registerConsumer(tenant.db, consumer.name);
    registered.add(name);
    for (let delivered = BATCH_SIZE; delivered === BATCH_SIZE; ) {
      delivered = await deliverNext(tenant, consumer);
      if (delivered > 0) publishedTotal.inc({ consumer: consumer.name }, delivered);
    }
  } catch (error) {
    logger.warn({ err: error, consumer: consumer.name }, 'events wait: the consumer did not take them');
  }
}
