export { brokerConsumer, cacheConsumer } from './consumers.ts';
export type { OutboxConsumer, OutboxEvent } from './outbox.ts';
export { type Relay, startRelay } from './relay.ts';
