import { sql } from '@fineract-gitops/db';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../../testing/test-bank.ts';
import type { Tenant } from '../tenants.ts';
import { countPending, deliverNext, type OutboxEvent, registerConsumer, stampEvents } from './outbox.ts';
import { startRelay } from './relay.ts';

const PATIENCE = { timeout: 15_000 };

let bank: TestBank;
let tenant: Tenant;
beforeEach(async () => {
  bank = await openTestBank();
  tenant = (await bank.instance.resources.tenants.all())[0]!;
});
afterEach(() => bank[Symbol.asyncDispose]());

async function emit(aggregateId: string, type = 'test.happened'): Promise<void> {
  await bank.db.execute(sql`
    insert into outbox_events (type, aggregate_type, aggregate_id, data) values (${type}, 'test', ${aggregateId}, '{}')`);
}

/** A consumer that remembers, and fails as long as it is told to. */
function recorder(name: string) {
  const events: OutboxEvent[] = [];
  const state = { failing: false, calls: 0 };
  return {
    name,
    events,
    state,
    async deliver(_tenant: Tenant, batch: readonly OutboxEvent[]) {
      state.calls++;
      if (state.failing) throw new Error('away');
      events.push(...batch.filter(({ aggregateType }) => aggregateType === 'test'));
    },
  };
}

const ids = (events: readonly OutboxEvent[]) => events.map(({ aggregateId }) => aggregateId);

async function drain(consumer: ReturnType<typeof recorder>): Promise<void> {
  await registerConsumer(tenant.db, consumer.name);
  while ((await stampEvents(tenant.db)) > 0);
  while ((await deliverNext(tenant, consumer)) > 0);
}

/** Stamping may be under way in the instance's own relay; this waits until nothing is unstamped. */
async function settled(): Promise<void> {
  await expect
    .poll(async () => {
      const unstamped = sql`select count(*) as n from outbox_events where position is null`;
      return (await bank.db.row<{ n: number }>(unstamped)).n;
    }, PATIENCE)
    .toBe(0);
}

describe('delivery', () => {
  test('is in order per aggregate, to each consumer on its own', async () => {
    for (let i = 0; i < 20; i++) await emit(`${i % 3}`, `test.step-${i}`);
    await settled();
    const [first, second] = [recorder('first'), recorder('second')];
    await drain(first);
    await emit('0', 'test.step-20');
    await settled();
    await drain(first);
    await drain(second);
    for (const { events } of [first, second]) {
      expect(events).toHaveLength(21);
      for (const aggregate of ['0', '1', '2']) {
        const steps = events
          .filter(({ aggregateId }) => aggregateId === aggregate)
          .map(({ type }) => Number(type.slice('test.step-'.length)));
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      }
    }
  });

  test('does not pass by an event that commits late', async () => {
    const consumer = recorder('late');
    const leave = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const slow = bank.db.transaction(async (tx) => {
      await tx.execute(sql`
        insert into outbox_events (type, aggregate_type, aggregate_id, data) values ('test.slow', 'test', 'slow', '{}')`);
      entered.resolve();
      await leave.promise;
    });
    await entered.promise;
    await emit('quick');
    await settled();
    await drain(consumer);
    expect(ids(consumer.events)).toEqual(['quick']);
    leave.resolve();
    await slow;
    await settled();
    await drain(consumer);
    expect(ids(consumer.events)).toEqual(['quick', 'slow']);
  });

  test('happens again after a crash between taking and remembering', async () => {
    const consumer = recorder('crash');
    await emit('a');
    await settled();
    await registerConsumer(tenant.db, consumer.name);
    const died = { name: consumer.name, deliver: async () => Promise.reject(new Error('killed')) };
    await expect(deliverNext(tenant, died)).rejects.toThrow('killed');
    await drain(consumer);
    expect(ids(consumer.events)).toEqual(['a']);
    await drain(consumer);
    expect(ids(consumer.events)).toEqual(['a']);
  });

  test('goes on after a crash between stamping and delivery', async () => {
    await emit('stamped');
    await settled();
    const consumer = recorder('successor');
    const relay = startRelay({
      tenants: bank.instance.resources.tenants,
      consumers: [consumer],
      logger: bank.instance.resources.logger,
      pollIntervalMs: 20,
    });
    await expect.poll(() => ids(consumer.events), PATIENCE).toEqual(['stamped']);
    await relay.stop();
  });

  test('by two relays at once gives each event to a consumer once', async () => {
    const consumer = recorder('shared');
    const options = {
      tenants: bank.instance.resources.tenants,
      consumers: [consumer],
      logger: bank.instance.resources.logger,
      pollIntervalMs: 5,
    };
    const relays = [startRelay(options), startRelay(options)];
    for (let i = 0; i < 30; i++) await emit(String(i));
    await expect.poll(() => consumer.events.length, PATIENCE).toBe(30);
    await Promise.all(relays.map((relay) => relay.stop()));
    expect(new Set(consumer.events.map(({ uid }) => uid)).size).toBe(30);
  });

  test('to one consumer that fails does not hold up another, and is made good later', async () => {
    const [broken, sound] = [recorder('broken'), recorder('sound')];
    broken.state.failing = true;
    const relay = startRelay({
      tenants: bank.instance.resources.tenants,
      consumers: [broken, sound],
      logger: bank.instance.resources.logger,
      pollIntervalMs: 20,
    });
    await emit('a');
    await emit('b');
    relay.wake();
    await expect.poll(() => ids(sound.events), PATIENCE).toEqual(['a', 'b']);
    expect(broken.events).toEqual([]);
    expect(await countPending(tenant.db)).toBeGreaterThan(0);
    broken.state.failing = false;
    await expect.poll(() => ids(broken.events), PATIENCE).toEqual(['a', 'b']);
    await relay.stop();
  });
});

test('a write that is refused leaves no event', async () => {
  const count = async () =>
    (await bank.db.row<{ n: number }>(sql`select count(*) as n from outbox_events`)).n;
  const before = await count();
  await bank.post('/clients', { officeId: 999, firstname: 'No', lastname: 'Office' });
  expect(await count()).toBe(before);
  await bank.post('/clients', { officeId: 1, firstname: 'Some', lastname: 'Body' });
  expect(await count()).toBe(before + 1);
});
