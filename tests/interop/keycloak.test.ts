import { freePort } from '@fineract-gitops/local-postgres';
import { createLogger } from '@fineract-gitops/telemetry';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../../services/gateway/src/testing/core.ts';
import { startTestGateway, type TestGateway } from '../../services/gateway/src/testing/gateway.ts';
import { Browser, type Page } from '../../services/identity/src/testing/browser.ts';
import {
  demoPassword,
  gatewaySecret,
  realmFile,
  userSyncSecret,
} from '../../services/identity/src/testing/identity.ts';
import { buildUserSync } from '../../services/user-sync/src/app.ts';
import { readConfig as readUserSyncConfig } from '../../services/user-sync/src/config.ts';
import { type Keycloak, startKeycloak } from './keycloak-server.ts';

/** The first run downloads 180 MB and prepares it. */
const INSTALL_AND_START_MS = 420_000;

let keycloak: Keycloak;
let core: TestCore;
let gateway: TestGateway;
beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  keycloak = await startKeycloak(realmFile, {
    GATEWAY_PUBLIC_URL: publicUrl,
    GATEWAY_CLIENT_SECRET: gatewaySecret,
    USER_SYNC_CLIENT_SECRET: userSyncSecret,
    DEMO_PASSWORD: demoPassword,
  });
  core = await startTestCore();
  const environment = {
    ...core.environment,
    GATEWAY_PUBLIC_URL: publicUrl,
    OIDC_ISSUER: `${keycloak.url}/realms/fineract`,
    OIDC_CLIENT_SECRET: gatewaySecret,
  };
  gateway = await startTestGateway(environment, port);
}, INSTALL_AND_START_MS);
afterAll(async () => {
  await gateway?.close();
  await core?.close();
  await keycloak?.stop();
});

const fromOurPages = {
  accept: 'application/json',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
};
const call = (browser: Browser, path: string) =>
  browser.request(gateway.url + path, { headers: fromOurPages });

async function signIn(path = '/', username = 'teller', password = demoPassword) {
  const browser = new Browser();
  const form = await browser.navigate(gateway.url + path);
  return { browser, page: await browser.submit(loginForm(form), { username, password }) };
}

/** Keycloak's page has other forms and scripts around the login form, and escapes its address by name. */
function loginForm(page: Page): Page {
  const body = page.body.slice(page.body.indexOf('<form id="kc-form-login"')).replaceAll('&amp;', '&');
  return { ...page, body: body.slice(0, body.indexOf('</form>')) };
}

describe('the realm file in a real Keycloak, behind the gateway', () => {
  it('signs in and leads back; the core gets the claims that the embedded service gives', async () => {
    const { browser, page } = await signIn('/clients/7?tab=notes');
    expect(page.url).toBe(`${gateway.url}/clients/7?tab=notes`);
    expect((await call(browser, '/api/v1/clients/7')).status).toBe(200);
    const claims = decodeJwt(core.last().headers.authorization?.slice(7) ?? '');
    expect(claims).toMatchObject({
      iss: `${keycloak.url}/realms/fineract`,
      azp: 'fineract-gateway',
      preferred_username: 'teller',
      realm_access: { roles: expect.arrayContaining(['Teller']) },
      sid: expect.any(String),
    });
    expect([claims.aud].flat()).toContain('fineract-api');
    expect(claims.exp! - claims.iat!).toBe(900);
    const session = JSON.parse((await call(browser, '/session')).body);
    expect(session).toMatchObject({ authenticated: true, username: 'teller' });
    expect(new Date(session.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(1_800_000);
  });

  it('refuses a wrong password', async () => {
    const { browser, page } = await signIn('/', 'auditor', 'wrong');
    expect(new URL(page.url).origin).toBe(keycloak.url);
    expect(JSON.parse((await call(browser, '/session')).body)).toEqual({ authenticated: false });
  });

  it('a logout ends both sides', async () => {
    const { browser } = await signIn();
    const copies = browser.cookies.map((cookie) => ({ ...cookie }));
    const form = { url: gateway.url, status: 200, headers: new Headers(), body: '<form action="/logout">' };
    expect((await browser.submit(form, {})).body).toContain('kc-form-login');
    const thief = new Browser();
    thief.cookies.push(...copies);
    expect((await call(thief, '/api/v1/clients')).status).toBe(401);
    expect((await thief.navigate(gateway.url)).body).toContain('kc-form-login');
  });

  it('takes no redirect address but the registered one, and no request without PKCE', async () => {
    const authorize = async (change: Record<string, string>) => {
      const parameters = { client_id: 'fineract-gateway', response_type: 'code', scope: 'openid', ...change };
      const url = `${keycloak.url}/realms/fineract/protocol/openid-connect/auth?${new URLSearchParams(parameters)}`;
      return new Browser().get(url);
    };
    expect((await authorize({ redirect_uri: `${gateway.url}/elsewhere` })).status).toBe(400);
    const plain = await authorize({ redirect_uri: `${gateway.url}/auth/callback` });
    expect(plain.headers.get('location')).toContain('error=invalid_request');
  });

  it('lets user sync, and nobody else, at the users', async () => {
    const users = `${keycloak.url}/admin/realms/fineract/users`;
    const answer = await fetch(`${keycloak.url}/realms/fineract/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`fineract-user-sync:${encodeURIComponent(userSyncSecret)}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const created = await fetch(users, {
      method: 'POST',
      headers,
      body: '{"username":"zoe","enabled":true}',
    });
    expect(created.status).toBe(201);
    const found = await fetch(`${users}?username=zoe&exact=true`, { headers });
    expect(await found.json()).toMatchObject([{ username: 'zoe', enabled: true }]);
    expect((await fetch(`${keycloak.url}/admin/realms/fineract/clients`, { headers })).status).toBe(403);
  });

  it('user sync keeps its users in step, by the account’s owner and not by its name', async () => {
    const config = readUserSyncConfig({
      USER_SYNC_TOKEN: 'only for this test',
      KEYCLOAK_URL: keycloak.url,
      OIDC_CLIENT_SECRET: userSyncSecret,
    });
    const sync = await buildUserSync(config, createLogger({ service: 'user-sync', level: 'silent' }));
    const post = async (url: string, payload: object) => {
      const headers = { authorization: 'Bearer only for this test' };
      const answer = await sync.inject({ method: 'POST', url, headers, payload });
      expect([answer.statusCode, answer.body]).toEqual([200, expect.anything()]);
      return answer.json();
    };
    const person = { firstname: 'Frieda', lastname: 'Feld', email: 'F@bank.example', enabled: true };
    const user = { ...person, userId: 5, username: 'frieda', roles: ['Teller'], otherRoles: ['Auditor'] };
    const [first, second] = ['seven unrelated garden words', 'another quiet harbour tune'];
    const signsIn = async (username: string, password: string) => {
      const { browser } = await signIn('/', username, password);
      return JSON.parse((await call(browser, '/session')).body).authenticated as boolean;
    };
    expect(await post('/users', { ...user, password: first })).toMatchObject({ outcome: 'created' });
    expect(await post('/users', user)).toMatchObject({ outcome: 'unchanged', missingRoles: [] });
    expect(await signsIn('frieda', first)).toBe(true);
    const changed = {
      ...user,
      email: null,
      lastname: 'Anders',
      roles: ['Auditor', 'None'],
      otherRoles: ['Teller'],
    };
    expect(await post('/users', { ...changed, password: second })).toMatchObject({
      changes: ['lastName', 'email', 'roles'],
      missingRoles: ['None'],
    });
    expect(await post('/users', { ...changed, roles: ['Auditor'] })).toMatchObject({ outcome: 'unchanged' });
    expect(await signsIn('frieda', second)).toBe(true);
    expect(await signsIn('frieda', first)).toBe(false);
    const heir = { ...user, userId: 6 };
    expect(await post('/users', heir)).toMatchObject({ changes: expect.arrayContaining(['owner']) });
    expect(await signsIn('frieda', second)).toBe(false);
    await post('/users', { ...heir, password: second });
    const users = [{ ...heir, username: 'frida' }];
    expect(await post('/reconcile', { users, apply: true })).toMatchObject({
      users: [{ userId: 6, outcome: 'created' }],
      formerNames: ['frieda'],
      unknown: expect.arrayContaining(['admin', 'teller']),
    });
    expect(await signsIn('frieda', second)).toBe(false);
    await sync.close();
  });
});
