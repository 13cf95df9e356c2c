import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createKafkaPublisher, type DomainEvent, type EventPublisher, eventTopic } from './index.ts';
import { toKafkaMessage } from './kafka-message.ts';

const event: DomainEvent = {
  id: '42',
  type: 'client.created',
  tenant: 'default',
  aggregateType: 'client',
  aggregateId: '7',
  occurredAt: '2024-03-01T10:00:00.000Z',
  data: { officeId: 1 },
};
const publishers: EventPublisher[] = [];
afterEach(async () => {
  for (const publisher of publishers.splice(0)) await publisher.close();
});

function open(brokers: readonly string[]): EventPublisher {
  const publisher = createKafkaPublisher({ brokers, clientId: 'test', timeoutMs: 500 });
  publishers.push(publisher);
  return publisher;
}

describe('Kafka message', () => {
  it('goes to its aggregate’s topic under its aggregate’s key', () => {
    const { value, ...rest } = toKafkaMessage(event);
    expect(rest).toEqual({
      topic: 'fineract.client',
      key: '7',
      headers: { 'event-id': '42', 'event-type': 'client.created', 'content-type': 'application/json' },
    });
    expect(JSON.parse(value)).toEqual(event);
  });

  it('carries the trace as a header, not in the payload', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const message = toKafkaMessage({ ...event, traceparent });
    expect(message.headers['traceparent']).toBe(traceparent);
    expect(JSON.parse(message.value)).toEqual(event);
  });

  it.each(['', 'Client', 'client/../x', 'a b', '9'])('refuses the topic of %j', (aggregateType) => {
    expect(() => eventTopic(aggregateType)).toThrow(TypeError);
  });
});

describe('Kafka publisher', () => {
  it.each([[[]], [['kafka']], [['user:secret@kafka:9092']], [['kafka:9092', '']]])(
    'refuses the brokers %j',
    (brokers) => {
      expect(() => open(brokers)).toThrow(/^(?!.*secret).*host:port/);
    },
  );

  it('fails in time, and again, when nothing listens', async () => {
    const publisher = open(['127.0.0.1:1']);
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(publisher.publish([event])).rejects.toThrow('Kafka did not confirm 1 event');
    }
  });

  it('fails in time when what listens never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const started = performance.now();
    await expect(open([`127.0.0.1:${port}`]).publish([event])).rejects.toThrow('Kafka did not confirm');
    expect(performance.now() - started).toBeLessThan(5000);
    silent.close();
  });

  it('has nothing to do for no events', async () => {
    await open(['127.0.0.1:1']).publish([]);
  });
});
