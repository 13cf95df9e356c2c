/** Something that happened to one aggregate (a client, a savings account), as an outbox row has it. */
export type DomainEvent = {
  /** The same at every attempt: consumers drop repetitions by it. */
  id: string;
  /** `client.created`. */
  type: string;
  tenant: string;
  /** `client`; part of the topic's name. */
  aggregateType: string;
  aggregateId: string;
  /** ISO 8601, in UTC. */
  occurredAt: string;
  data: unknown;
  /** The trace of the request that caused it. */
  traceparent?: string;
};

/** Where events go. */
export type EventPublisher = {
  /**
   * Publishes events in the order given, one call after the other, so that the events of an aggregate arrive in order.
   *
   * @throws Error when not all were confirmed: the caller publishes all of them again, and consumers drop what they
   * have by its id
   */
  publish(events: readonly DomainEvent[]): Promise<void>;
  close(): Promise<void>;
};
