import { setTimeout as sleep } from 'node:timers/promises';
import { createKafkaPublisher, type DomainEvent, type EventPublisher } from '@fineract-gitops/events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConsumedRecord, type KafkaBroker, startKafka } from './kafka-broker.ts';

let broker: KafkaBroker;
let publisher: EventPublisher;
beforeAll(async () => {
  broker = await startKafka();
});
afterEach(() => publisher.close());
afterAll(() => broker?.remove());

const open = () => createKafkaPublisher({ brokers: [broker.address], clientId: 'interop', timeoutMs: 5000 });

/** `count` events over `aggregates` aggregates in turn; `data.number` counts within each. */
function events(aggregateType: string, count: number, aggregates: number): DomainEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${aggregateType}-${index}`,
    type: `${aggregateType}.changed`,
    tenant: 'default',
    aggregateType,
    aggregateId: String(index % aggregates),
    occurredAt: '2024-03-01T10:00:00.000Z',
    data: { number: Math.floor(index / aggregates), text: 'Zinsen\tfür "März"' },
  }));
}

/** The numbers of each aggregate in the order of arrival, repetitions dropped by event id as a consumer does. */
function numbersByAggregate(records: readonly ConsumedRecord[]): Map<string, number[]> {
  const seen = new Set<string>();
  const numbers = new Map<string, number[]>();
  for (const { key, headers, value } of records) {
    const id = headers['event-id'] ?? '';
    if (seen.has(id)) continue;
    seen.add(id);
    numbers.set(key, [
      ...(numbers.get(key) ?? []),
      (value as DomainEvent & { data: { number: number } }).data.number,
    ]);
  }
  return numbers;
}

/** Publishes as the outbox relay does: the same events again, in order, until they are confirmed. */
async function publishUntilConfirmed(batch: readonly DomainEvent[]): Promise<number> {
  for (let attempts = 1; ; attempts++) {
    try {
      await publisher.publish(batch);
      return attempts;
    } catch {
      await sleep(200);
    }
  }
}

describe('Kafka publisher', () => {
  it('writes what a Java consumer reads: topic, key, headers and JSON', async () => {
    publisher = open();
    const [event] = events('office', 1, 1) as [DomainEvent];
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await publisher.publish([{ ...event, traceparent }]);
    expect(await broker.consume('fineract.office', 1)).toEqual([
      {
        partition: expect.any(Number),
        key: '0',
        headers: {
          'event-id': 'office-0',
          'event-type': 'office.changed',
          'content-type': 'application/json',
          traceparent,
        },
        value: event,
      },
    ]);
  });

  it('keeps the events of each aggregate in order, over several partitions and calls at once', async () => {
    publisher = open();
    const all = events('client', 300, 20);
    const batches = Array.from({ length: 10 }, (_, index) => all.slice(index * 30, index * 30 + 30));
    await Promise.all(batches.map((batch) => publisher.publish(batch)));
    const records = await broker.consume('fineract.client', 300);
    expect(records).toHaveLength(300);
    expect(new Set(records.map(({ partition }) => partition)).size).toBeGreaterThan(1);
    for (const numbers of numbersByAggregate(records).values())
      expect(numbers).toEqual([...Array(15).keys()]);
  });

  it('fails in time while the broker is away, and publishes when it is back', async () => {
    publisher = open();
    const [first, second] = events('loan', 2, 1) as [DomainEvent, DomainEvent];
    await publisher.publish([first]);
    await broker.stop();
    const started = performance.now();
    await expect(publisher.publish([second])).rejects.toThrow('Kafka did not confirm 1 event');
    expect(performance.now() - started).toBeLessThan(10_000);
    await broker.start();
    await publishUntilConfirmed([second]);
    const records = await broker.consume('fineract.loan', 2);
    expect(numbersByAggregate(records).get('0')).toEqual([0, 1]);
  });

  it('loses nothing and keeps order when the broker crashes between and during publications', async () => {
    publisher = open();
    const all = events('savings', 400, 8);
    const batches = Array.from({ length: 40 }, (_, index) => all.slice(index * 10, index * 10 + 10));
    let published = 0;
    let attempts = 0;
    const publishing = (async () => {
      for (const batch of batches) {
        attempts += await publishUntilConfirmed(batch);
        published += 1;
        await sleep(20);
      }
    })();
    await expect.poll(() => published, { timeout: 20_000 }).toBeGreaterThan(5);
    await broker.stop('SIGKILL');
    await sleep(500);
    await broker.start();
    await publishing;
    expect(attempts).toBeGreaterThan(batches.length);
    const records = await broker.consume('fineract.savings', 400 + (attempts - batches.length) * 10);
    const numbers = numbersByAggregate(records);
    expect(numbers.size).toBe(8);
    for (const each of numbers.values()) expect(each).toEqual([...Array(50).keys()]);
  });
});
