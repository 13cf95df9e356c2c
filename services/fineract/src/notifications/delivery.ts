/** Sends what waits, on batch instances: mail and text messages side by side, a few of each at a time. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MailSender, MessageError, type SmsSender } from '@fineract-gitops/messages';
import type { Logger } from '@fineract-gitops/telemetry';
import { beat, retire, type Tenant, type Tenants } from '../kernel/index.ts';
import {
  type Channel,
  type ClaimedNotification,
  claim,
  type Delivery,
  markUncertain,
  settle,
} from './deliveries.ts';
import { templateNamed } from './templates.ts';

export interface DeliveryOptions {
  readonly tenants: Tenants;
  readonly logger: Logger;
  readonly leaseSeconds: number;
  /** Absent channels are not configured: their messages wait. */
  readonly mail: (() => Promise<MailSender>) | null;
  readonly sms: (() => Promise<SmsSender>) | null;
}

export interface DeliveryWorker {
  /** Ends the messages that are in hand. */
  stop(): Promise<void>;
}

const AT_A_TIME = 8;
const IDLE_MS = 2_000;
const BEATS_PER_LEASE = 4;
const RETRY_SECONDS_MIN = 10;
const RETRY_SECONDS_MAX = 900;

interface Provider {
  /** @returns the provider's id of the message */
  send(message: ClaimedNotification & { readonly address: string }): Promise<string>;
  /** Lets go of idle connections. */
  close(): void;
}

export function startDelivery(options: DeliveryOptions): DeliveryWorker {
  const { mail, sms, tenants, logger, leaseSeconds } = options;
  const workerId = `delivery-${randomUUID()}`;
  const stopping = new AbortController();
  const { signal } = stopping;
  const channels: readonly (readonly [Channel, Provider])[] = [
    ...(mail ? [['email', mailProvider(mail)] as const] : []),
    ...(sms ? [['sms', smsProvider(sms)] as const] : []),
  ];
  const loops = [
    repeat(logger, signal, async () => {
      for (const tenant of await tenants.all()) await sayAlive(tenant, workerId, options);
      return (leaseSeconds * 1000) / BEATS_PER_LEASE;
    }),
    ...channels.map(([channel, provider]) => deliverChannel(options, workerId, signal, channel, provider)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      for (const [, provider] of channels) provider.close();
      for (const tenant of await tenants.all().catch(() => []))
        await retire(tenant.db, workerId).catch(() => {});
    },
  };
}

async function sayAlive(tenant: Tenant, workerId: string, { leaseSeconds, logger }: DeliveryOptions) {
  await beat(tenant.db, workerId);
  const uncertain = await markUncertain(tenant.db, leaseSeconds);
  if (uncertain > 0)
    logger.error({ tenant: tenant.identifier, uncertain }, 'messages may or may not have been sent');
}

function deliverChannel(
  { tenants, logger }: DeliveryOptions,
  workerId: string,
  signal: AbortSignal,
  channel: Channel,
  provider: Provider,
): Promise<void> {
  // Grows while the provider is away, so that an outage costs neither it nor us a thousand attempts.
  let pauseMs = IDLE_MS;
  return repeat(logger, signal, async () => {
    const deliveries: Delivery[] = [];
    for (const tenant of await tenants.all()) {
      if (signal.aborted) break;
      // Claimed rows of a worker that nobody knows would be taken for a dead one's.
      await beat(tenant.db, workerId);
      const claimed = await claim(tenant.db, channel, workerId, AT_A_TIME);
      deliveries.push(
        ...(await Promise.all(
          claimed.map(async (message) => {
            const delivery = await attempt(message, provider, logger);
            await settle(tenant.db, channel, workerId, message.id, delivery);
            return delivery;
          }),
        )),
      );
    }
    if (deliveries.length > 0 && deliveries.every(({ status }) => status === 'pending')) {
      pauseMs = Math.min(pauseMs * 2, RETRY_SECONDS_MAX * 1000);
      logger.warn({ channel, pauseMs }, 'the provider takes no messages; they wait');
      return pauseMs;
    }
    pauseMs = IDLE_MS;
    return deliveries.length > 0 ? 0 : IDLE_MS;
  });
}

/** Sends one message; says what became of it and never throws. */
async function attempt(message: ClaimedNotification, provider: Provider, logger: Logger): Promise<Delivery> {
  if (message.address === null)
    return { status: 'failed', reason: 'the customer has no address for this channel any more' };
  try {
    return {
      status: 'sent',
      providerMessageId: await provider.send({ ...message, address: message.address }),
    };
  } catch (error) {
    if (!(error instanceof MessageError)) {
      logger.error({ err: error, notificationId: message.id }, 'a message could not be made');
      return { status: 'failed', reason: 'the message could not be made; see the log' };
    }
    logger.info({ notificationId: message.id, kind: error.kind, code: error.code }, 'a message was not sent');
    if (error.uncertain) return { status: 'uncertain', reason: error.message };
    if (error.kind === 'permanent') return { status: 'failed', reason: error.message };
    const retryAfterSeconds = Math.min(RETRY_SECONDS_MIN * 2 ** (message.attempts - 1), RETRY_SECONDS_MAX);
    return { status: 'pending', reason: error.message, retryAfterSeconds };
  }
}

function mailProvider(open: () => Promise<MailSender>): Provider {
  let sender: MailSender | undefined;
  return {
    async send({ uid, template, data, address }) {
      sender ??= await open();
      const messageId = `${uid}@notifications.fineract`;
      const { subject, text } = templateNamed(template).email(data);
      await sender.send({ messageId, to: address, subject, text });
      return messageId;
    },
    close: () => sender?.close(),
  };
}

function smsProvider(open: () => Promise<SmsSender>): Provider {
  let sender: SmsSender | undefined;
  return {
    async send({ template, data, address }) {
      sender ??= await open();
      return sender.send({ to: address, text: templateNamed(template).sms(data) });
    },
    close: () => sender?.close(),
  };
}

/** Calls `round` until the signal fires, waiting as long as each round says. A round that fails is a round. */
async function repeat(logger: Logger, signal: AbortSignal, round: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    const waitMs = await round().catch((error: unknown) => {
      logger.warn({ err: error }, 'messages wait for the database');
      return IDLE_MS;
    });
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
}
