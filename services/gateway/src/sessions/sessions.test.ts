import cookie from '@fastify/cookie';
import Fastify, { type FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCookieStore } from './cookie-store.ts';
import { createSessionCookie } from './cookies.ts';
import { createSeal } from './seal.ts';

const secret = 'a secret for tests that is long enough to be one';
afterEach(() => vi.useRealTimers());

describe('seal', () => {
  const seal = createSeal(secret);

  it('opens what it closed, for its purpose and until its end', async () => {
    const sealed = await seal.close('session', { id: 7 }, 60);
    expect(await seal.open('session', sealed)).toEqual({ id: 7 });
    expect(await seal.open('login', sealed)).toBeNull();
    expect(await createSeal(`${secret}!`).open('session', sealed)).toBeNull();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    expect(await seal.open('session', sealed)).toBeNull();
  });

  it('never seals the same value the same way', async () => {
    expect(await seal.close('session', { id: 7 }, 60)).not.toBe(await seal.close('session', { id: 7 }, 60));
  });
});

describe('cookie store', () => {
  const session = {
    id: 'one',
    username: 'teller',
    sid: 'sid',
    subject: 's',
    accessToken: 'a',
    accessTokenExpiresAt: 1,
    refreshToken: 'r',
    idToken: 'i',
    lastSeenAt: 1,
    identityExpiresAt: 1,
  };

  it('ends one session, or all of a login at the identity service', async () => {
    const store = createCookieStore(createSeal(secret), 60);
    const [one, two] = [await store.save(session), await store.save({ ...session, id: 'two' })];
    await store.end(session);
    expect([await store.find(one, 'look'), (await store.find(two, 'look'))?.id]).toEqual([null, 'two']);
    await store.endBySid('sid');
    expect(await store.find(two, 'look')).toBeNull();
  });
});

describe('session cookie', () => {
  async function serve(secure: boolean) {
    const server = Fastify();
    await server.register(cookie);
    const sessionCookie = createSessionCookie({ secure });
    server.get('/write/:length', async (request: FastifyRequest<{ Params: { length: string } }>, reply) => {
      sessionCookie.write(request, reply, 'x'.repeat(Number(request.params.length)));
      return 'written';
    });
    server.get('/read', async (request) => ({ length: sessionCookie.read(request)?.length ?? null }));
    server.get('/clear', async (request, reply) => {
      sessionCookie.clear(request, reply);
      return 'cleared';
    });
    return server;
  }

  it.each([
    [1, 1],
    [3600, 1],
    [3601, 2],
    [14_400, 4],
  ])('of %i characters takes %i cookies and reads back', async (length, count) => {
    const server = await serve(false);
    const written = await server.inject(`/write/${length}`);
    expect(written.cookies).toHaveLength(count);
    expect(written.headers['set-cookie']?.toString().length).toBeLessThan(count * 3800);
    const cookies = Object.fromEntries(written.cookies.map(({ name, value }) => [name, value]));
    expect((await server.inject({ url: '/read', cookies })).json()).toEqual({ length });
    // A shorter value removes what it no longer needs, and clearing removes all.
    const shorter = await server.inject({ url: '/write/1', cookies });
    expect(shorter.cookies.filter(({ value }) => value === '')).toHaveLength(count - 1);
    const cleared = await server.inject({ url: '/clear', cookies });
    expect(cleared.cookies.map(({ value }) => value)).toEqual(Array(count).fill(''));
    await server.close();
  });

  it('too long for cookies is an error that names the remedy', async () => {
    const server = await serve(false);
    expect((await server.inject('/write/14401')).json().message).toContain('REDIS_URL');
    await server.close();
  });

  it('cookie flags: over https it is Secure and bound to the host', async () => {
    const server = await serve(true);
    expect((await server.inject('/write/1')).headers['set-cookie']).toBe(
      '__Host-fineract_session=x; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
    await server.close();
  });
});
