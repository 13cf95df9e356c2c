export type { DomainEvent, EventPublisher } from './event-publisher.ts';
export { eventTopic } from './kafka-message.ts';
export { createKafkaPublisher, type KafkaPublisherOptions } from './kafka-publisher.ts';
