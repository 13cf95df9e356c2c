import { LRUCache } from 'lru-cache';
import { RefusalError } from '../http/errors.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './store.ts';

const REMEMBERED_MAX = 20_000;

/**
 * Sessions in Redis that outlive its absence: what this gateway saw before stays open, from its own memory, and who
 * signs in meanwhile gets the session into the cookie, as a bank without Redis does. A logout is remembered here, so it
 * holds at this gateway; at others it holds when Redis is back, or with the access token's end.
 */
export function createOutageStore(
  redis: SessionStore,
  cookies: SessionStore,
  idleSeconds: number,
): SessionStore {
  const seen = new LRUCache<string, Session>({ max: REMEMBERED_MAX, ttl: idleSeconds * 1000 });
  // Redis still holds what was ended while it was away; it must not open again when Redis is back.
  const ended = new LRUCache<string, true>({ max: REMEMBERED_MAX, ttl: idleSeconds * 1000 });
  const isEnded = ({ id, sid }: Session) => ended.has(`id ${id}`) || ended.has(`sid ${sid}`);
  return {
    savesActivity: redis.savesActivity,
    isReady: redis.isReady,
    async save(session) {
      const cookie = await unlessAway(redis.save(session), () => cookies.save(session));
      seen.set(cookie, session);
      return cookie;
    },
    async find(cookie, purpose) {
      // A cookie that was given while Redis was away opens itself, before and after Redis is back.
      const own = await cookies.find(cookie, purpose);
      if (own !== null) return own;
      const found = await unlessAway(redis.find(cookie, purpose), async () => seen.get(cookie) ?? null);
      const open = found === null || isEnded(found) ? null : found;
      if (open === null) seen.delete(cookie);
      else seen.set(cookie, open);
      return open;
    },
    async end(session) {
      ended.set(`id ${session.id}`, true);
      await cookies.end(session);
      await unlessAway(redis.end(session), async () => {});
    },
    async endBySid(sid) {
      ended.set(`sid ${sid}`, true);
      await cookies.endBySid(sid);
      await redis.endBySid(sid);
    },
    close: redis.close,
  };
}

async function unlessAway<Answer>(asked: Promise<Answer>, otherwise: () => Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RefusalError) return otherwise();
    throw error;
  }
}
