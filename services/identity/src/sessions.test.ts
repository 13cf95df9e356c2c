import { sql } from '@fineract-gitops/db';
import { createTestDatabase } from '@fineract-gitops/local-postgres/testing';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockSeconds } from './store/login-failures.ts';
import { Browser } from './testing/browser.ts';
import { exchange, refresh, signIn } from './testing/client.ts';
import { demoPassword, startTestIdentity, type TestIdentity } from './testing/identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  const { url: databaseUrl } = await createTestDatabase();
  // Two different lengths, so that each is seen to act; the realm file has 30 minutes for both.
  identity = await startTestIdentity({ databaseUrl, change: { ssoSessionMaxLifespan: 4 * 1800 } });
});
afterAll(() => identity.close());
afterEach(() => vi.useRealTimers());

/** Moves the clock of this process, timers running on as they did. */
function moveClock(seconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + seconds * 1000 });
}

async function loggedIn(username = 'teller') {
  const { browser, code, verifier } = await signIn(identity, { username });
  return { browser, tokens: (await exchange(identity, code, verifier)).body };
}

describe('lifetimes', () => {
  it('are 15 minutes for a token and 30 for a session in the realm file', () => {
    expect(identity.realm).toMatchObject({ accessTokenLifespan: 900, ssoSessionIdleTimeout: 1800 });
  });

  it('a session that nobody uses ends after its idle time', async () => {
    const { browser, tokens } = await loggedIn();
    moveClock(1790);
    expect((await signIn(identity, { browser })).code).toBeTruthy();
    moveClock(1810);
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
    const again = await signIn(identity, { browser, password: 'wrong' });
    expect(again.page.status).toBe(401);
  });

  it('a refresh keeps the session from falling idle, and no token outlives the session', async () => {
    const { tokens } = await loggedIn();
    for (const _quarter of [1, 2, 3, 4]) {
      moveClock(1700);
      expect((await refresh(identity, tokens.refresh_token)).status).toBe(200);
    }
    moveClock(300);
    const last = await refresh(identity, tokens.refresh_token);
    expect(last.body.expires_in).toBeLessThanOrEqual(100);
    expect(last.body.refresh_expires_in).toBeLessThanOrEqual(100);
    moveClock(110);
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('a user who is disabled gets no further tokens', async () => {
    const { tokens } = await loggedIn('auditor');
    await identity.database.execute(sql`update users set enabled = false where username = 'auditor'`);
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
    await identity.database.execute(sql`update users set enabled = true where username = 'auditor'`);
  });
});

describe('logout', () => {
  const logoutUrl = (parameters: Record<string, string>) =>
    `${identity.endpoint('logout')}?${new URLSearchParams(parameters)}`;
  const back = { post_logout_redirect_uri: 'http://localhost:9999/' };

  it('session reuse after logout: ends session and refresh token, and leads back', async () => {
    const { browser, tokens } = await loggedIn();
    const sso = browser.cookie('fineract_sso');
    const page = await browser.get(logoutUrl({ ...back, id_token_hint: tokens.id_token, state: 's' }));
    expect([page.status, page.headers.get('location')]).toEqual([303, 'http://localhost:9999/?state=s']);
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
    const userinfo = { headers: { authorization: `Bearer ${tokens.access_token}` } };
    expect((await fetch(identity.endpoint('userinfo'), userinfo)).status).toBe(401);
    browser.cookies.push(sso!);
    expect((await signIn(identity, { browser, password: 'wrong' })).page.status).toBe(401);
  });

  it('asks first when nothing proves where the request came from', async () => {
    const { browser, tokens } = await loggedIn();
    const page = await browser.get(logoutUrl({ ...back, client_id: 'fineract-gateway' }));
    expect([page.status, page.body.includes('Do you want to sign out')]).toEqual([200, true]);
    expect((await refresh(identity, tokens.refresh_token)).status).toBe(200);
    const done = await browser.post(page, { logout: 'yes' });
    expect(done.headers.get('location')).toBe('http://localhost:9999/');
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('with somebody else’s ID token only asks', async () => {
    const { browser } = await loggedIn('teller');
    const other = await loggedIn('admin');
    const page = await browser.get(logoutUrl({ ...back, id_token_hint: other.tokens.id_token }));
    expect(page.status).toBe(200);
  });

  it('leads back even when the session has already ended', async () => {
    const { tokens } = await loggedIn();
    const page = await new Browser().get(logoutUrl({ ...back, id_token_hint: tokens.id_token }));
    expect(page.headers.get('location')).toBe('http://localhost:9999/');
  });

  it('leads to registered addresses only', async () => {
    const { browser, tokens } = await loggedIn();
    const foreign = { post_logout_redirect_uri: 'https://evil.example/', id_token_hint: tokens.id_token };
    const page = await browser.get(logoutUrl(foreign));
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });
});

describe('session fixation', () => {
  it('a session cookie from before the login is worth nothing after it', async () => {
    const { browser, tokens } = await loggedIn();
    const first = browser.cookie('fineract_sso')?.value;
    await browser.get(
      `${identity.endpoint('logout')}?${new URLSearchParams({ id_token_hint: tokens.id_token })}`,
    );
    const planted = new Browser();
    planted.cookies.push({ name: 'fineract_sso', value: first!, path: '/realms/fineract/', attributes: [] });
    await signIn(identity, { browser: planted });
    expect(planted.cookie('fineract_sso')?.value).not.toBe(first);
  });
});

describe('brute force', () => {
  const policy = {
    failureFactor: 5,
    waitIncrementSeconds: 60,
    maxFailureWaitSeconds: 900,
    maxDeltaTimeSeconds: 43200,
  };

  it.each([
    [4, 0],
    [5, 60],
    [6, 0],
    [10, 120],
    [75, 900],
    [500, 900],
  ])('after %i failures the wait is %i s', (failures, seconds) => {
    expect(lockSeconds(policy, failures)).toBe(seconds);
  });

  const guess = (password = 'wrong', username = 'admin') => signIn(identity, { username, password });

  it('locks after five wrong passwords, even against the right one, and opens again', async () => {
    for (let attempt = 1; attempt <= 5; attempt++) expect((await guess()).page.status).toBe(401);
    const locked = await guess(demoPassword);
    expect(locked.page.status).toBe(429);
    expect(locked.page.body).toContain('Try again in a minute');
    expect(Number(locked.page.headers.get('retry-after'))).toBeGreaterThan(50);
    moveClock(61);
    expect((await guess(demoPassword)).code).toBeTruthy();
    expect((await guess()).page.status).toBe(401);
  });

  it('counts guesses that come at once', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => guess('wrong', 'auditor')));
    const statuses = results.map(({ page }) => page.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('locks names that do not exist in the same way, and keeps none of them', async () => {
    for (let attempt = 1; attempt <= 5; attempt++) await guess('wrong', 'my-secret-password');
    expect((await guess('wrong', 'my-secret-password')).page.status).toBe(429);
    const rows = await identity.database.rows(sql`select * from login_failures`);
    expect(JSON.stringify(rows)).not.toContain('my-secret');
  });
});

describe('a temporary password', () => {
  it('must be changed on the way in, by the rules of the realm', async () => {
    await identity.database.execute(
      sql`update users set required_actions = array['UPDATE_PASSWORD'] where username = 'teller'`,
    );
    const { browser, page } = await signIn(identity);
    expect(page.body).toContain('Choose a password');
    const weak = await browser.submit(page, { 'new-password': 'short', 'new-password-again': 'short' });
    expect(weak.body).toContain('must have at least 12 characters');
    const differing = {
      'new-password': 'a good long password',
      'new-password-again': 'another long password',
    };
    expect((await browser.submit(weak, differing)).body).toContain('not the same');
    const good = { 'new-password': 'a good long password', 'new-password-again': 'a good long password' };
    const done = await browser.submit(weak, good, 'http://localhost:9999');
    expect(done.headers.get('location')).toContain('code=');
    expect(decodeJwt((await loggedInWith('a good long password')).access_token)['sub']).toBeTruthy();
    expect((await signIn(identity)).page.status).toBe(401);
  });

  async function loggedInWith(password: string) {
    const { code, verifier } = await signIn(identity, { password });
    return (await exchange(identity, code, verifier)).body;
  }
});
