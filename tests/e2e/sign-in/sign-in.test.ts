import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from '../../../services/identity/src/testing/browser.ts';
import { demoPassword } from '../../../services/identity/src/testing/identity.ts';
import { type SignInBank, startRedis, startSignInBank, type TestRedis } from './bank.ts';

const COOKIE = 'fineract_session';

/** Moves the clock of gateway and identity service; it stands still afterwards, so that nothing depends on speed. */
function moveClock(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}
afterEach(() => vi.useRealTimers());

describe.each(['in the cookie', 'in Redis'])('sessions %s', (where) => {
  let bank: SignInBank;
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = where === 'in Redis' ? await startRedis() : undefined;
    bank = await startSignInBank(redis === undefined ? {} : { REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await bank.close();
    await redis?.stop();
  });

  const sessionOf = async (browser: Browser) => JSON.parse((await bank.call(browser, '/session')).body);
  const forwardedToken = () => decodeJwt(bank.core.last().headers.authorization?.slice(7) ?? '');

  it('the authentication flow: every arrow of the diagram, in order', async () => {
    const { browser, page } = await bank.signIn('/clients/7?tab=notes');
    const { issuer } = bank.identity;
    const uid = expect.stringMatching(/authenticate\/[\w-]+$/);
    expect(browser.visited).toEqual([
      `GET ${bank.gateway.url}/clients/7`,
      `GET ${bank.gateway.url}/auth/login`,
      `GET ${issuer}/protocol/openid-connect/auth`,
      uid,
      expect.stringMatching(/^POST .*authenticate\/[\w-]+$/),
      uid,
      expect.stringMatching(/openid-connect\/auth\/[\w-]+$/),
      `GET ${bank.gateway.url}/auth/callback`,
      `GET ${bank.gateway.url}/clients/7`,
    ]);
    expect(page.url).toBe(`${bank.gateway.url}/clients/7?tab=notes`);
    const answer = await bank.call(browser, '/api/v1/clients/7');
    expect([answer.status, answer.headers.get('x-fineract-instance')]).toEqual([200, 'read']);
    expect(forwardedToken()).toMatchObject({
      iss: issuer,
      preferred_username: 'teller',
      azp: 'fineract-gateway',
    });
    expect(bank.core.last().headers.cookie).toBeUndefined();
  });

  it('cookie flags: HttpOnly, SameSite, whole site, and no readable content', async () => {
    const { browser } = await bank.signIn();
    const cookie = browser.cookie(COOKIE);
    expect(cookie?.attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    const parts = cookie?.value.split('.').map((part) => Buffer.from(part, 'base64url').toString()) ?? [];
    expect(JSON.parse(parts[0] ?? '')).toEqual({ alg: 'dir', enc: 'A256GCM' });
    expect(parts.slice(1).join()).not.toMatch(/teller|eyJ/);
    const answer = await bank.call(browser, '/api/v1/clients');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('tell the console who is signed in, and everybody else that nobody is', async () => {
    const { browser } = await bank.signIn();
    const session = await sessionOf(browser);
    expect(session).toMatchObject({ authenticated: true, username: 'teller' });
    const left = new Date(session.expiresAt).getTime() - Date.now();
    expect(left).toBeGreaterThan(1790_000);
    expect(left).toBeLessThanOrEqual(1800_000);
    moveClock(600);
    await bank.call(browser, '/api/v1/clients');
    expect((await sessionOf(browser)).expiresAt).toBe(session.expiresAt);
    expect(await sessionOf(new Browser())).toEqual({ authenticated: false });
  });

  it('last while they are used, with a new access token, and end 30 minutes after the login', async () => {
    const { browser } = await bank.signIn();
    await bank.call(browser, '/api/v1/clients');
    const first = forwardedToken();
    moveClock(14 * 60);
    await bank.call(browser, '/api/v1/clients');
    expect(forwardedToken().jti).toBe(first.jti);
    moveClock(2 * 60);
    const answers = await Promise.all([1, 2, 3].map(() => bank.call(browser, '/api/v1/clients')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(forwardedToken().jti).not.toBe(first.jti);
    expect(forwardedToken().exp).toBeLessThanOrEqual(first.iat! + 1801);
    moveClock(15 * 60);
    expect((await bank.call(browser, '/api/v1/clients')).status).toBe(401);
    expect(browser.cookie(COOKIE)).toBeUndefined();
    expect((await browser.navigate(`${bank.gateway.url}/`)).body).toContain('Password');
  });

  it('session reuse after logout: both sides end, and a copy of the cookie opens nothing', async () => {
    const { browser } = await bank.signIn();
    const copies = browser.cookies.map((cookie) => ({ ...cookie }));
    const form = {
      url: `${bank.gateway.url}/`,
      status: 200,
      headers: new Headers(),
      body: '<form action="/logout">',
    };
    const page = await browser.submit(form, {});
    expect(page.body).toContain('Password');
    const afterwards = browser.visited.slice(browser.visited.indexOf(`POST ${bank.gateway.url}/logout`) + 1);
    expect(afterwards.slice(0, 3)).toEqual([
      `GET ${bank.identity.endpoint('logout')}`,
      `GET ${bank.gateway.url}/`,
      `GET ${bank.gateway.url}/auth/login`,
    ]);
    const thief = new Browser();
    thief.cookies.push(...copies);
    expect((await bank.call(thief, '/api/v1/clients')).status).toBe(401);
    expect((await thief.navigate(`${bank.gateway.url}/`)).body).toContain('Password');
  });

  it('a logout at the identity service ends the session here (back channel)', async () => {
    const { browser } = await bank.signIn();
    const identityLogout = await browser.get(bank.identity.endpoint('logout'));
    const done = await browser.post(identityLogout, { logout: 'yes' });
    expect(done.status).toBe(303);
    expect((await bank.call(browser, '/api/v1/clients')).status).toBe(401);
  });

  it('session fixation: a login gives a new session and ends the one the browser had', async () => {
    const { browser } = await bank.signIn();
    const planted = browser.cookies
      .filter(({ name }) => name.startsWith(COOKIE))
      .map((cookie) => ({ ...cookie }));
    const victim = new Browser();
    victim.cookies.push(...planted.map((cookie) => ({ ...cookie })));
    const form = await victim.navigate(`${bank.gateway.url}/auth/login`);
    await victim.submit(form, { username: 'admin', password: demoPassword });
    expect((await sessionOf(victim)).username).toBe('admin');
    expect((await bank.call(browser, '/api/v1/clients')).status).toBe(401);
  });

  it('cross-site requests: a change with the cookie must come from our own pages', async () => {
    const { browser } = await bank.signIn();
    const post = (headers: Record<string, string>) =>
      browser.request(`${bank.gateway.url}/api/v1/clients`, { method: 'POST', headers });
    bank.core.received.splice(0);
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: bank.gateway.url },
      { 'sec-fetch-site': 'none' },
    ] as Record<string, string>[]) {
      expect((await post(headers)).status).toBe(403);
    }
    expect(bank.core.received).toHaveLength(0);
    expect((await post({ origin: bank.gateway.url })).status).toBe(200);
    const foreignLogout = await browser.request(`${bank.gateway.url}/logout`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreignLogout.status).toBe(403);
    const asked = await browser.get(`${bank.gateway.url}/logout`, { 'sec-fetch-site': 'cross-site' });
    expect(asked.body).toContain('Do you want to sign out');
    expect((await sessionOf(browser)).authenticated).toBe(true);
  });

  it('open redirect: the way back stays on the bank', async () => {
    for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example', '/auth/login']) {
      const { page } = await bank.signIn(`/auth/login?returnTo=${encodeURIComponent(evil)}`);
      expect(page.url).toBe(`${bank.gateway.url}/`);
    }
  });

  it('missing or foreign state, code and attempt are refused with a page', async () => {
    const { browser } = await bank.signIn();
    const other = new Browser();
    const { url } = await other.navigate(`${bank.gateway.url}/auth/login`);
    expect(url).toContain('/login-actions/');
    for (const query of ['', '?state=x', '?state=x&code=y', '?state=x&state=y&code=z']) {
      const page = await browser.get(`${bank.gateway.url}/auth/callback${query}`);
      expect([page.status, page.body.includes('This sign-in has expired')]).toEqual([400, true]);
    }
  });

  it('an answer opens only in the browser that asked, and only once', async () => {
    const browser = new Browser();
    const form = await browser.navigate(`${bank.gateway.url}/`);
    const callback = `${bank.gateway.url}/auth/callback`;
    const answer = await browser.submit(form, { username: 'teller', password: demoPassword }, callback);
    const location = answer.headers.get('location') ?? '';
    expect((await new Browser().get(location)).status).toBe(400);
    const wrongCode = location.replace(/code=[^&]+/, 'code=other');
    expect((await browser.get(wrongCode)).status).toBe(400);
    expect((await browser.get(location)).status).toBe(400);
  });

  it('forged and damaged cookies open nothing', async () => {
    const { browser } = await bank.signIn();
    const cookie = browser.cookie(COOKIE)!;
    const good = cookie.value;
    for (const value of [`${good.slice(0, -2)}AA`, 'x', good.split('.').reverse().join('.'), `${good}.`]) {
      cookie.value = value;
      const thief = new Browser();
      thief.cookies.push({ ...cookie });
      expect((await bank.call(thief, '/api/v1/clients')).status).toBe(401);
    }
  });
});

describe('Redis', () => {
  it('holds no readable token, and while it is away people stay and get in', async () => {
    let redis = await startRedis();
    const bank = await startSignInBank({ REDIS_URL: redis.url });
    const { browser } = await bank.signIn();
    expect(browser.cookie(COOKIE)?.value.length).toBeLessThan(400);
    const stored = await redis.dump();
    expect(stored).toHaveLength(2);
    expect(stored.join()).not.toMatch(/teller|eyJhbGciOiJSUzI1NiI/);
    await redis.stop();
    expect((await bank.call(browser, '/api/v1/clients')).status).toBe(200);
    const { browser: late } = await bank.signIn();
    expect((await bank.call(late, '/api/v1/clients')).status).toBe(200);
    const copy = new Browser();
    copy.cookies.push(...browser.cookies.map((cookie) => ({ ...cookie })));
    expect((await bank.call(browser, '/logout', 'POST')).status).toBe(200);
    expect((await bank.call(copy, '/api/v1/clients')).status).not.toBe(200);
    redis = await startRedis(Number(new URL(redis.url).port));
    await vi.waitFor(async () => expect((await bank.signIn()).page.status).toBe(404), { timeout: 15_000 });
    expect((await bank.call(late, '/api/v1/clients')).status).toBe(200);
    await bank.close();
    await redis.stop();
  });
});
