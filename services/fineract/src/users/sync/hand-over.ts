/**
 * Carries a new password to the identity provider, from memory to memory: no event, row or file has it. Tried again for
 * a minute; what could not be handed over by then is lost, is counted and logged, and the user sets a password again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { counter, type Logger } from '@fineract-gitops/telemetry';
import { type PasswordHandOver, type Tenant, verifyPassword } from '../../kernel/index.ts';
import { findWithPassword } from './bank-users.ts';
import type { UserSyncClient } from './client.ts';

const handOversTotal = counter({
  name: 'fineract_password_hand_overs_total',
  help: 'New passwords on their way to the identity provider, by outcome',
  labelNames: ['outcome'],
});

type Outcome = 'done' | 'refused' | 'superseded' | 'failed';

interface Options {
  readonly client: UserSyncClient;
  readonly tenant: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** How long it is tried, and the first pause; they double up to the longest. */
  readonly limits?: { readonly totalMs: number; readonly firstPauseMs: number; readonly pauseMsMax: number };
}

/** The write's answer waits no longer than this for the first attempt. */
const FIRST_WAIT_MS = 5_000;
const LIMITS = { totalMs: 60_000, firstPauseMs: 250, pauseMsMax: 5_000 };

export interface Hand extends PasswordHandOver {
  /** Resolves when nothing is on its way. */
  finished(): Promise<void>;
}

export function createPasswordHandOver(options: Options): Hand {
  const { client, tenant: identifier, logger, signal, limits = LIMITS } = options;
  /** The last of each user: a password must not arrive after the one that replaced it. */
  const underWay = new Map<number, Promise<unknown>>();

  async function attempt(tenant: Tenant, userId: number, password: string): Promise<Outcome | 'away'> {
    try {
      const found = await findWithPassword(tenant.db, userId);
      const holds = found?.passwordHash && (await verifyPassword(password, found.passwordHash));
      if (!holds) return 'superseded';
      const { refused } = await client.putUser({ ...found.user, password });
      if (refused === null) return 'done';
      logger.warn(
        { userId, reason: refused },
        'the identity provider does not take this user’s new password',
      );
      return 'refused';
    } catch (err) {
      logger.debug({ err, userId }, 'a password could not be handed over yet');
      return 'away';
    }
  }

  async function insist(tenant: Tenant, userId: number, password: string): Promise<Outcome> {
    const deadline = Date.now() + limits.totalMs;
    for (let pause = limits.firstPauseMs; ; pause = Math.min(pause * 2, limits.pauseMsMax)) {
      if (Date.now() + pause > deadline || signal.aborted) break;
      await sleep(pause, undefined, { signal }).catch(() => {});
      const outcome = await attempt(tenant, userId, password);
      if (outcome !== 'away') return outcome;
    }
    logger.warn(
      { userId },
      'a new password did not reach the identity provider: this user must set a password again',
    );
    return 'failed';
  }

  return {
    async give(tenant, userId, password) {
      if (tenant.identifier !== identifier) return;
      const before = underWay.get(userId);
      const first = (async () => {
        await before;
        return attempt(tenant, userId, password);
      })();
      const whole = first
        .then((outcome) => (outcome === 'away' ? insist(tenant, userId, password) : outcome))
        .then((outcome) => handOversTotal.inc({ outcome }))
        .finally(() => underWay.get(userId) === whole && underWay.delete(userId));
      underWay.set(userId, whole);
      // Somebody waits for the answer to the write; an earlier password that is still tried is not theirs to wait for.
      if (before === undefined) await Promise.race([first, sleep(FIRST_WAIT_MS, undefined, { ref: false })]);
    },
    async finished() {
      await Promise.all(underWay.values());
    },
  };
}
