import { createHash } from 'node:crypto';
import type { Logger } from '@fineract-gitops/telemetry';
import { Redis } from 'ioredis';
import { RefusalError, refusals } from '../http/errors.ts';
import type { Seal } from './seal.ts';
import { epochSeconds, type Session } from './session.ts';
import type { SessionStore } from './store.ts';

const COOKIE = 'session-id';
const STORED = 'stored-session';
/** The record outlives the key in Redis, whose expiry is what ends an idle session. */
const STORED_TTL_SECONDS = 30 * 86_400;

/**
 * Sessions in Redis: the cookie carries an encrypted random id, Redis the encrypted session under the id's hash, so that
 * neither alone is worth anything. Reading one keeps it alive.
 */
export function createRedisStore(url: string, seal: Seal, idleSeconds: number, logger: Logger): SessionStore {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 2000,
  });
  redis.on('error', (error) => logger.warn({ err: error }, 'Redis does not answer'));
  const ask = async <Answer>(command: Promise<Answer>): Promise<Answer> => {
    try {
      return await command;
    } catch (cause) {
      throw new RefusalError(refusals.sessionsDown, { cause });
    }
  };
  return {
    async save(session) {
      const key = sessionKey(session.id);
      const record = await seal.close(STORED, session, STORED_TTL_SECONDS);
      const sidKey = `gateway:sid:${session.sid}`;
      const write = redis
        .multi()
        .set(key, record, 'EX', idleSeconds)
        .sadd(sidKey, key)
        .expire(sidKey, STORED_TTL_SECONDS);
      await ask(write.exec());
      return seal.close(COOKIE, { id: session.id }, STORED_TTL_SECONDS);
    },
    async find(cookie, purpose) {
      const opened = await seal.open<{ id: string }>(COOKIE, cookie);
      if (opened === null) return null;
      const key = sessionKey(opened.id);
      // Read before it is extended: what is left of the key's life tells when the session was last used.
      const [leftSeconds, record] = await ask(
        Promise.all([
          redis.ttl(key),
          purpose === 'use' ? redis.getex(key, 'EX', idleSeconds) : redis.get(key),
        ]),
      );
      const session = record === null ? null : await seal.open<Session>(STORED, record);
      return session && { ...session, lastSeenAt: epochSeconds() - (idleSeconds - leftSeconds) };
    },
    async end({ id }) {
      await ask(redis.del(sessionKey(id)));
    },
    async endBySid(sid) {
      const keys = await ask(redis.smembers(`gateway:sid:${sid}`));
      await ask(redis.del(`gateway:sid:${sid}`, ...keys));
    },
    savesActivity: false,
    isReady: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}

function sessionKey(id: string): string {
  return `gateway:session:${createHash('sha256').update(id).digest('base64url')}`;
}
