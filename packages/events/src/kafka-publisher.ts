import type { Producer } from '@platformatic/kafka';
import type { DomainEvent, EventPublisher } from './event-publisher.ts';
import { toKafkaMessage } from './kafka-message.ts';

type StringProducer = Producer<string, string, string, string>;

export type KafkaPublisherOptions = {
  /** `host:port` of some brokers; the others are found from them. */
  brokers: readonly string[];
  /** How this program is called in the brokers' logs and quotas. */
  clientId: string;
  /** After this a publication counts as failed; the connection is then made anew. */
  timeoutMs?: number;
};

/**
 * Publishes to Kafka: acknowledged by all in-sync replicas, without repetitions within a connection (idempotent
 * producer), one publication after the other. The client is loaded and connected at the first publication.
 *
 * @throws Error when the brokers are not `host:port`
 */
export function createKafkaPublisher({
  brokers,
  clientId,
  timeoutMs = 15_000,
}: KafkaPublisherOptions): EventPublisher {
  const wrong = brokers.find((broker) => !/^[^\s/@]+:\d+$/.test(broker));
  if (brokers.length === 0 || wrong !== undefined) {
    throw new Error('The Kafka brokers are not valid; expected host:port, host:port');
  }
  let producer: Promise<StringProducer> | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const discard = async () => {
    const discarded = producer;
    producer = undefined;
    await (await discarded?.catch(() => undefined))?.close(true).catch(() => {});
  };
  const publishNow = async (events: readonly DomainEvent[]) => {
    const messages = events.map(toKafkaMessage);
    try {
      producer ??= connect(brokers, clientId);
      const connected = await producer;
      await within(timeoutMs, connected.send({ messages }));
    } catch (cause) {
      // Its sequence numbers may be ahead of the broker's; a new producer begins anew.
      await discard();
      throw new Error(`Kafka did not confirm ${events.length} event(s)`, { cause });
    }
  };
  return {
    publish(events) {
      if (events.length === 0) return Promise.resolve();
      const current = previous.then(() => publishNow(events));
      previous = current.catch(() => {});
      return current;
    },
    async close() {
      await previous;
      await discard();
    },
  };
}

async function connect(brokers: readonly string[], clientId: string): Promise<StringProducer> {
  const { compatibilityPartitioner, Producer, stringSerializers } = await import('@platformatic/kafka');
  return new Producer({
    clientId,
    bootstrapBrokers: [...brokers],
    serializers: stringSerializers,
    // The partition a Java client would choose, so that other producers of a topic keep an aggregate together.
    partitioner: compatibilityPartitioner,
    idempotent: true,
    autocreateTopics: true,
    connectTimeout: 3000,
    timeout: 5000,
    retries: 3,
    retryDelay: 250,
  });
}

async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
