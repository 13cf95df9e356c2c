import { randomBytes } from 'node:crypto';
import { gauge } from '@fineract-gitops/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { SessionCookie } from './cookies.ts';
import type { Refresh } from './refresh.ts';
import { epochSeconds, type Session } from './session.ts';
import type { SessionStore } from './store.ts';

/** How often the use of a session is written down when that costs a cookie. */
const ACTIVITY_STEP_SECONDS = 60;
const COUNTED_MAX = 50_000;

export type SessionManager = {
  hasCookie: (request: FastifyRequest) => boolean;
  /** The session of a request, kept alive and with a fresh access token; `null` when there is none (any more). */
  use: (request: FastifyRequest, reply: FastifyReply) => Promise<Session | null>;
  /** The session of a request as it is; looking does not keep it alive. */
  look: (request: FastifyRequest) => Promise<Session | null>;
  /** Begins a session under a new id and ends the one the browser had, so that none can be planted. */
  begin: (
    request: FastifyRequest,
    reply: FastifyReply,
    session: Omit<Session, 'id' | 'lastSeenAt'>,
  ) => Promise<void>;
  end: (request: FastifyRequest, reply: FastifyReply) => Promise<Session | null>;
  endBySid: (sid: string) => Promise<void>;
};

export type SessionManagerOptions = {
  store: SessionStore;
  cookie: SessionCookie;
  refresh: Refresh;
  idleSeconds: number;
};

/** Puts cookie, store and refresh together. */
export function createSessionManager(options: SessionManagerOptions): SessionManager {
  const { store, cookie } = options;
  const seen = countSessions(options.idleSeconds);
  const find = async (request: FastifyRequest, purpose: 'use' | 'look') => {
    const content = cookie.read(request);
    return content === null ? null : store.find(content, purpose);
  };
  const look = (request: FastifyRequest) => find(request, 'look');
  const save = async (request: FastifyRequest, reply: FastifyReply, session: Session) => {
    cookie.write(request, reply, await store.save(session));
  };
  const end: SessionManager['end'] = async (request, reply) => {
    const session = await look(request);
    if (session !== null) {
      await store.end(session);
      seen.delete(session.id);
    }
    cookie.clear(request, reply);
    return session;
  };
  return {
    hasCookie: cookie.isSet,
    look,
    end,
    endBySid: store.endBySid,
    async use(request, reply) {
      const known = await find(request, 'use');
      const session = known === null ? null : await options.refresh(known);
      if (known === null || session === null) {
        if (known !== null) await store.end(known);
        cookie.clear(request, reply);
        return null;
      }
      seen.set(session.id, true);
      const used = { ...session, lastSeenAt: epochSeconds() };
      const stale = store.savesActivity && used.lastSeenAt - known.lastSeenAt >= ACTIVITY_STEP_SECONDS;
      if (stale || session.accessToken !== known.accessToken) await save(request, reply, used);
      return used;
    },
    async begin(request, reply, session) {
      const previous = await look(request);
      if (previous !== null) await store.end(previous);
      const begun = { ...session, id: randomBytes(32).toString('base64url'), lastSeenAt: epochSeconds() };
      seen.set(begun.id, true);
      await save(request, reply, begun);
    },
  };
}

function countSessions(idleSeconds: number): LRUCache<string, true> {
  const seen = new LRUCache<string, true>({ max: COUNTED_MAX, ttl: idleSeconds * 1000 });
  const active = gauge({
    name: 'gateway_active_sessions',
    help: 'Sessions used at this gateway within the idle time',
  });
  Object.assign(active, {
    collect() {
      seen.purgeStale();
      active.set(seen.size);
    },
  });
  return seen;
}
