import { LRUCache } from 'lru-cache';
import type { Seal } from './seal.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './store.ts';

const PURPOSE = 'session';
const ENDED_MAX = 100_000;
/** No login session at the identity service outlives this by default, so no older one can come back. */
const ENDED_TTL_MS = 12 * 3_600_000;

/**
 * Sessions in the browser itself, encrypted, for a bank without Redis. Ended ones are remembered in this process, since
 * a copied cookie would still open; the identity service has ended its side, so such a copy dies with its access token
 * in any case.
 */
export function createCookieStore(seal: Seal, idleSeconds: number): SessionStore {
  const ended = new LRUCache<string, true>({ max: ENDED_MAX, ttl: ENDED_TTL_MS });
  return {
    save: (session) => seal.close(PURPOSE, session, idleSeconds),
    find: async (cookie) => {
      const session = await seal.open<Session>(PURPOSE, cookie);
      if (session === null || ended.has(`id ${session.id}`) || ended.has(`sid ${session.sid}`)) return null;
      return session;
    },
    end: async ({ id }) => {
      ended.set(`id ${id}`, true);
    },
    endBySid: async (sid) => {
      ended.set(`sid ${sid}`, true);
    },
    savesActivity: true,
    isReady: async () => true,
    close: async () => {},
  };
}
