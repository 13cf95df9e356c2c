import { createTestDatabase } from '@fineract-gitops/local-postgres/testing';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import {
  authorizationUrl,
  basic,
  exchange,
  redirectUri,
  refresh,
  requestTokens,
  signIn,
} from './testing/client.ts';
import { demoPassword, startTestIdentity, type TestIdentity, userSyncSecret } from './testing/identity.ts';

let identity: TestIdentity;
let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = (await createTestDatabase()).url;
  identity = await startTestIdentity({ databaseUrl });
});
afterAll(() => identity.close());

async function tokensOf(username = 'teller') {
  const { code, verifier } = await signIn(identity, { username });
  return (await exchange(identity, code, verifier)).body;
}

describe('discovery', () => {
  it('names the addresses of Keycloak, whatever host the caller claims', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await response.json()).toMatchObject({
      issuer: identity.issuer,
      authorization_endpoint: identity.endpoint('auth'),
      token_endpoint: identity.endpoint('token'),
      userinfo_endpoint: identity.endpoint('userinfo'),
      jwks_uri: identity.endpoint('certs'),
      end_session_endpoint: identity.endpoint('logout'),
      revocation_endpoint: identity.endpoint('revoke'),
      introspection_endpoint: identity.endpoint('token/introspect'),
      code_challenge_methods_supported: ['S256'],
    });
  });
});

describe('signing in', () => {
  it('ends at the client with a code that gives tokens in the form of Keycloak', async () => {
    const { page, code, verifier } = await signIn(identity);
    expect(page.headers.get('location')).toMatch(
      /^http:\/\/localhost:9999\/auth\/callback\?.*state=some-state/,
    );
    const { body } = await exchange(identity, code, verifier);
    const keys = createRemoteJWKSet(new URL(identity.endpoint('certs')));
    const { payload } = await jwtVerify(body.access_token, keys, {
      issuer: identity.issuer,
      audience: 'fineract-api',
    });
    expect(payload).toMatchObject({
      azp: 'fineract-gateway',
      preferred_username: 'teller',
      realm_access: { roles: ['Teller'] },
      sid: decodeJwt(body.id_token)['sid'],
    });
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(decodeProtectedHeader(body.access_token).alg).toBe('RS256');
    expect(decodeJwt(body.id_token)).toMatchObject({
      nonce: 'some-nonce',
      aud: 'fineract-gateway',
      name: 'Tom Teller',
    });
    expect(JSON.stringify(payload)).not.toContain('bank.example');
  });

  it('asks only once per session, and the second login leaves the first one’s tokens valid', async () => {
    const { browser, code, verifier } = await signIn(identity);
    const first = (await exchange(identity, code, verifier)).body;
    const second = await signIn(identity, { browser });
    expect(second.code).toBeTruthy();
    expect((await refresh(identity, first.refresh_token)).status).toBe(200);
  });

  it('takes the user name in any case, and never shows whether a name exists', async () => {
    expect((await signIn(identity, { username: ' TELLER ' })).code).toBeTruthy();
    const wrong = await signIn(identity, { username: 'auditor', password: 'not it' });
    const unknown = await signIn(identity, { username: 'nobody-here', password: 'not it' });
    expect([wrong.page.status, unknown.page.status]).toEqual([401, 401]);
    const alertOf = (body: string) => /role="alert">.*?<\/div>/s.exec(body)?.[0];
    expect(alertOf(wrong.page.body)).toBe(alertOf(unknown.page.body));
  });

  it('escapes what was typed', async () => {
    const { page } = await signIn(identity, { username: '"><script>alert(1)</script>', password: 'x' });
    expect(page.body).not.toContain('<script>');
  });

  it('writes no name and no password to the log', async () => {
    await signIn(identity, { username: 'teller', password: 'typed-by-mistake' });
    const log = identity.logLines.join('');
    expect(log).toContain('"event":"login"');
    expect(log).not.toMatch(/typed-by-mistake|correct horse|"teller"|bank\.example/);
  });

  it('shows a page with a strict policy and without scripts or foreign parts', async () => {
    const page = await new Browser().navigate(authorizationUrl(identity).url);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.body).not.toMatch(/<script|https?:\/\//);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['a field twice', 'username=teller&username=admin&password=x', 400],
    ['JSON instead of a form', '{}', 415],
    ['a form that is too long', `username=${'a'.repeat(20_000)}&password=x`, 413],
  ])('refuses %s', async (_case, body, status) => {
    const browser = new Browser();
    const page = await browser.navigate(authorizationUrl(identity).url);
    const type = body === '{}' ? 'application/json' : 'application/x-www-form-urlencoded';
    const answer = await browser.request(page.url, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(status);
  });

  it('refuses a form that another site made the browser send', async () => {
    const browser = new Browser();
    const page = await browser.navigate(authorizationUrl(identity).url);
    const fields = { username: 'teller', password: demoPassword };
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await browser.post(page, fields, headers)).status).toBe(403);
    }
  });

  it('refuses a login without the cookie it was started with', async () => {
    const page = await new Browser().navigate(authorizationUrl(identity).url);
    const stranger = await new Browser().submit(page, { username: 'teller', password: demoPassword });
    expect(stranger.status).toBe(400);
    expect(stranger.body).toContain('has expired');
  });

  it('sets cookies that scripts cannot read, with SameSite, below the realm only', async () => {
    const { browser } = await signIn(identity);
    expect(browser.cookie('fineract_sso')?.attributes).toEqual(
      expect.arrayContaining(['path=/realms/fineract/', 'samesite=lax', 'httponly']),
    );
  });
});

describe('refusals of the authorization endpoint', () => {
  const onPage = async (change: Record<string, string | undefined>) =>
    new Browser().navigate(authorizationUrl(identity, change).url, redirectUri);

  it.each([
    'http://localhost:9999/auth/callback/../evil',
    'http://localhost:9999/auth/callback?x=1',
    'http://localhost:1234/auth/callback',
    'http://localhost:9999@evil.example/auth/callback',
    'https://evil.example/',
  ])('wildcard or localhost redirect URI leads to token theft: %s is refused on a page', async (uri) => {
    const page = await onPage({ redirect_uri: uri });
    expect({ status: page.status, location: page.headers.get('location') }).toEqual({
      status: 400,
      location: null,
    });
  });

  it.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['with a plain PKCE challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for an implicit token', { response_type: 'token' }, 'unsupported_response_type'],
  ])('a request %s', async (_case, change, error) => {
    const page = await onPage(change);
    expect(page.headers.get('location') ?? page.body).toContain(error);
  });

  it('parameter pollution: a parameter that comes twice is refused', async () => {
    const { url } = authorizationUrl(identity);
    const page = await new Browser().navigate(`${url}&client_id=fineract-cli`, redirectUri);
    expect(page.status).toBe(400);
  });
});

describe('refusals of the token endpoint', () => {
  it('takes a code once; a second use ends what the first one gave', async () => {
    const { code, verifier } = await signIn(identity);
    const first = await exchange(identity, code, verifier);
    expect((await exchange(identity, code, verifier)).body.error).toBe('invalid_grant');
    expect((await refresh(identity, first.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('wants the verifier of the challenge', async () => {
    const { code } = await signIn(identity);
    expect((await exchange(identity, code, 'x'.repeat(43))).body.error).toBe('invalid_grant');
  });

  it('wants the secret of the client', async () => {
    const { code, verifier } = await signIn(identity);
    const parameters = {
      grant_type: 'authorization_code',
      code: code!,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    };
    const answer = await requestTokens(identity, parameters, basic('fineract-gateway', 'wrong'));
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  it('knows no password grant', async () => {
    const answer = await requestTokens(identity, {
      grant_type: 'password',
      username: 'teller',
      password: demoPassword,
    });
    expect(answer.body.error).toBe('unsupported_grant_type');
  });
});

describe('service accounts', () => {
  it('get a token in the form of Keycloak', async () => {
    const authorization = basic('fineract-user-sync', userSyncSecret);
    const { body } = await requestTokens(identity, { grant_type: 'client_credentials' }, authorization);
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: 'realm-management',
      azp: 'fineract-user-sync',
      preferred_username: 'service-account-fineract-user-sync',
      resource_access: { 'realm-management': { roles: ['manage-users', 'query-users', 'view-users'] } },
    });
  });

  it('cannot sign in on the page', async () => {
    const { page } = await signIn(identity, {
      username: 'service-account-fineract-user-sync',
      password: 'x',
    });
    expect(page.status).toBe(401);
  });
});

describe('userinfo and introspection', () => {
  const introspect = async (token: string, authorization = basic('fineract-user-sync', userSyncSecret)) => {
    const body = new URLSearchParams({ token });
    return (
      await fetch(identity.endpoint('token/introspect'), { method: 'POST', headers: { authorization }, body })
    ).json();
  };

  it('tell who a token speaks for', async () => {
    const { access_token: token } = await tokensOf('auditor');
    const userinfo = await fetch(identity.endpoint('userinfo'), {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await userinfo.json()).toMatchObject({ preferred_username: 'auditor', name: 'Audrey Auditor' });
    expect(await introspect(token)).toMatchObject({ active: true, preferred_username: 'auditor' });
  });

  it('know no forged token and answer no stranger', async () => {
    const { access_token: token } = await tokensOf();
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(
      JSON.stringify({ ...decodeJwt(token), preferred_username: 'admin' }),
    ).toString('base64url');
    const forged = [header, payload, signature].join('.');
    const userinfo = await fetch(identity.endpoint('userinfo'), {
      headers: { authorization: `Bearer ${forged}` },
    });
    expect(userinfo.status).toBe(401);
    expect(await introspect(forged)).toEqual({ active: false });
    expect(await introspect(token, basic('fineract-user-sync', 'wrong'))).toMatchObject({
      error: 'invalid_client',
    });
  });
});

describe('a restart', () => {
  it('keeps sessions, refresh tokens and keys', async () => {
    const { browser, code, verifier } = await signIn(identity);
    const { body } = await exchange(identity, code, verifier);
    await identity.close();
    identity = await startTestIdentity({ databaseUrl, port: Number(new URL(identity.issuer).port) });
    expect((await refresh(identity, body.refresh_token)).status).toBe(200);
    expect((await signIn(identity, { browser })).code).toBeTruthy();
    const keys = createRemoteJWKSet(new URL(identity.endpoint('certs')));
    await jwtVerify(body.access_token, keys);
  });
});
