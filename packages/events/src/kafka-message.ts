import type { DomainEvent } from './event-publisher.ts';

/** A record as it is sent to Kafka. */
export type KafkaMessage = {
  topic: string;
  key: string;
  value: string;
  headers: Record<string, string>;
};

/**
 * The topic of an aggregate's events: `fineract.client`.
 *
 * @throws TypeError for a type that is no topic name
 */
export function eventTopic(aggregateType: string): string {
  if (!/^[a-z][a-z0-9._-]{0,99}$/.test(aggregateType)) {
    throw new TypeError(`The aggregate type ${JSON.stringify(aggregateType)} is not fit for a topic name`);
  }
  return `fineract.${aggregateType}`;
}

/** The record of an event: keyed by aggregate, so that all of its events are in one partition, in order. */
export function toKafkaMessage(event: DomainEvent): KafkaMessage {
  const { id, type, tenant, aggregateType, aggregateId, occurredAt, data, traceparent } = event;
  return {
    topic: eventTopic(aggregateType),
    key: aggregateId,
    value: JSON.stringify({ id, type, tenant, aggregateType, aggregateId, occurredAt, data }),
    headers: {
      'event-id': id,
      'event-type': type,
      'content-type': 'application/json',
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  };
}
