import { describe, expect, it } from 'vitest';
import { RefusalError, refusals } from '../http/errors.ts';
import { createCookieStore } from './cookie-store.ts';
import { createOutageStore } from './outage-store.ts';
import { createSeal } from './seal.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './store.ts';

const session: Session = {
  id: 'one',
  username: 'teller',
  sid: 'login',
  subject: 's',
  accessToken: 'a',
  accessTokenExpiresAt: 1,
  refreshToken: 'r',
  idToken: 'i',
  identityExpiresAt: 1,
  lastSeenAt: 1,
};

/** A store that can be away and keeps what it has, as Redis does when only the way to it is broken. */
function interruptible() {
  const kept = new Map<string, Session>();
  const state = { away: false };
  const reach = () => {
    if (state.away) throw new RefusalError(refusals.sessionsDown);
  };
  const store: SessionStore = {
    savesActivity: false,
    save: async (saved) => {
      reach();
      kept.set(saved.id, saved);
      return saved.id;
    },
    find: async (cookie) => {
      reach();
      return kept.get(cookie) ?? null;
    },
    end: async ({ id }) => {
      reach();
      kept.delete(id);
    },
    endBySid: async (sid) => {
      reach();
      for (const [id, each] of kept) if (each.sid === sid) kept.delete(id);
    },
    isReady: async () => !state.away,
    close: async () => {},
  };
  return { store, state };
}

describe('outage store', () => {
  const start = () => {
    const { store, state } = interruptible();
    const cookies = createCookieStore(createSeal('a secret for tests that is long enough to be one'), 60);
    return { store: createOutageStore(store, cookies, 60), state };
  };

  it('keeps open what it saw, and takes new sessions into the cookie', async () => {
    const { store, state } = start();
    const cookie = await store.save(session);
    state.away = true;
    expect((await store.find(cookie, 'use'))?.id).toBe('one');
    const late = await store.save({ ...session, id: 'two' });
    state.away = false;
    expect((await store.find(late, 'use'))?.id).toBe('two');
  });

  it('revoked session still cached: a logout during the outage holds when the store is back', async () => {
    const { store, state } = start();
    const cookie = await store.save(session);
    state.away = true;
    await store.end(session);
    expect(await store.find(cookie, 'use')).toBeNull();
    state.away = false;
    expect(await store.find(cookie, 'use')).toBeNull();
  });

  it('revoked session still cached: so does one that the identity service tells of', async () => {
    const { store, state } = start();
    const cookie = await store.save(session);
    state.away = true;
    await store.endBySid('login').catch(() => {});
    expect(await store.find(cookie, 'use')).toBeNull();
    state.away = false;
    expect(await store.find(cookie, 'use')).toBeNull();
  });
});
