/** Keeps the identity provider's accounts in step with the bank's users, by way of the service `user-sync`. */
import type { Logger } from '@fineract-gitops/telemetry';
import type { OutboxConsumer, PasswordHandOver } from '../../kernel/index.ts';
import { createUserSyncClient } from './client.ts';
import { userSyncConsumer } from './consumer.ts';
import { createPasswordHandOver } from './hand-over.ts';

export interface UserSync {
  readonly consumer: OutboxConsumer;
  readonly passwordHandOver: PasswordHandOver;
  /** Breaks off what is under way; events wait for the next start. */
  stop(): Promise<void>;
}

export interface UserSyncOptions {
  readonly url: string;
  readonly token: string;
  /** The identity provider has one realm, so one tenant's users have accounts there. */
  readonly tenant: string;
  readonly logger: Logger;
}

export function createUserSync({ url, token, tenant, logger }: UserSyncOptions): UserSync {
  const stopped = new AbortController();
  const client = createUserSyncClient({ url, token, signal: stopped.signal });
  const handOver = createPasswordHandOver({ client, tenant, logger, signal: stopped.signal });
  return {
    consumer: userSyncConsumer({ client, tenant, logger }),
    passwordHandOver: handOver,
    async stop() {
      stopped.abort();
      await handOver.finished();
    },
  };
}
