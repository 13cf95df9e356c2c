/** The authentication flow of the architecture, arrow by arrow, on the running processes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from '../../../services/identity/src/testing/browser.ts';
import { type FlowBank, startFlowBank } from './flow-bank.ts';

let flow: FlowBank;
beforeAll(async () => {
  flow = await startFlowBank();
});
afterAll(() => flow?.close());

test('a person signs in and is led back, each arrow in its order', async () => {
  const { gateway, identity } = flow.bank.urls as { gateway: string; identity: string };
  const browser = new Browser();
  const form = await browser.navigate(`${gateway}/clients`);
  // No session → redirect to the provider → its login page.
  expect(browser.visited.slice(0, 3)).toEqual([
    `GET ${gateway}/clients`,
    `GET ${gateway}/auth/login`,
    `GET ${identity}/realms/fineract/protocol/openid-connect/auth`,
  ]);
  expect(form.url.startsWith(identity)).toBe(true);

  const wrong = await browser.submit(form, { username: 'teller', password: 'not the password' });
  expect(wrong.url.startsWith(identity)).toBe(true);

  const before = browser.visited.length;
  const page = await browser.submit(wrong, { username: 'teller', password: flow.bank.demoPassword });
  // Password → redirect with the code → session stored, cookie → the page that was asked for.
  const after = browser.visited.slice(before);
  expect(after[0]).toMatch(/^POST /);
  const callback = after.findIndex((visit) => visit.startsWith(`GET ${gateway}/auth/callback`));
  expect(callback).toBeGreaterThan(0);
  expect(after.indexOf(`GET ${gateway}/clients`)).toBeGreaterThan(callback);
  expect(page).toMatchObject({ status: 200, url: `${gateway}/clients` });
  expect(browser.cookies.some(({ attributes }) => attributes.some((each) => /httponly/i.test(each)))).toBe(
    true,
  );
});

test('the session carries later API calls, and the core checks the token itself', async () => {
  const admin = await flow.signIn('admin');
  const offices = await admin.get('/api/v1/offices');
  expect(offices.status).toBe(200);
  expect(offices.headers.get('x-fineract-instance')).toBe('read');

  const anonymous = await fetch(`${flow.bank.urls['gateway']}/api/v1/offices`, {
    headers: { 'fineract-platform-tenantid': 'default', accept: 'application/json' },
  });
  expect(anonymous.status).toBe(401);
  // Past the gateway, straight to the instance: a token that nobody signed opens nothing.
  const claims = btoa(JSON.stringify({ preferred_username: 'admin', exp: 4_102_444_800 })).replaceAll(
    '=',
    '',
  );
  const forged = await fetch(`${flow.bank.urls['read']}/api/v1/offices`, {
    headers: {
      'fineract-platform-tenantid': 'default',
      authorization: `Bearer ${btoa('{"alg":"none"}').replaceAll('=', '')}.${claims}.`,
      'x-forwarded-user': 'admin',
    },
  });
  expect(forged.status).toBe(401);
});

test('signing out ends the session at both sides', async () => {
  const admin = await flow.signIn('admin');
  const out = await admin.post('/logout', {});
  expect(out.body.location).toContain(flow.bank.urls['identity']);
  await admin.browser.navigate(out.body.location);
  expect((await admin.get('/api/v1/offices')).status).toBe(401);
  const again = await admin.browser.navigate(`${flow.bank.urls['gateway']}/`);
  expect(again.url.startsWith(flow.bank.urls['identity']!)).toBe(true);
});
