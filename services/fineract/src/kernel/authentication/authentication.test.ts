import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from '@fineract-gitops/db';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type ApiAnswer, openTestBank, type TestBank } from '../../testing/test-bank.ts';
import { hashPassword, verifyPassword } from './index.ts';

const ISSUER = 'http://issuer.test/realms/fineract';
const AUDIENCE = 'fineract-api';

/** A real key server on the loopback, as an identity provider's. */
async function startKeyServer() {
  const keys = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>();
  const add = async (kid: string) => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    keys.set(kid, pair);
    return pair;
  };
  const server: Server = createServer((_request, response) => {
    const published = [...keys].map(async ([kid, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'RS256',
      use: 'sig',
    }));
    Promise.all(published).then((list) => response.end(JSON.stringify({ keys: list })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/certs`,
    keys,
    add,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let keyServer: Awaited<ReturnType<typeof startKeyServer>>;
let bank: TestBank;
beforeAll(async () => {
  keyServer = await startKeyServer();
  await keyServer.add('one');
  bank = await openTestBank({ OIDC_ISSUER: ISSUER, OIDC_JWKS_URL: keyServer.url });
});
afterAll(async () => {
  await bank[Symbol.asyncDispose]();
  await keyServer.close();
});

const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;
const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  exp: seconds(300),
  preferred_username: ADMIN.username,
  ...changes,
});

function signed(payload: JWTPayload, kid = 'one', alg = 'RS256'): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(keyServer.keys.get(kid)!.privateKey);
}

const withHeader = (authorization: string | undefined, path = '/offices'): Promise<ApiAnswer> =>
  bank.get(path, { as: null, headers: { authorization } });
const bearer = async (token: string | Promise<string>) => withHeader(`Bearer ${await token}`);

describe('bearer tokens', () => {
  test('of the issuer let the named user in, with the rights that the bank gives', async () => {
    const answer = await withHeader(`Bearer ${await signed(claims())}`, '/userdetails');
    expect(answer.body).toMatchObject({ username: 'admin', permissions: ['ALL_FUNCTIONS'] });
    expect((await bearer(signed(claims({ aud: ['other', AUDIENCE] })))).status).toBe(200);
  });

  const without = (name: string): JWTPayload => {
    const { [name]: _left, ...rest } = claims();
    return rest;
  };
  const refused: [what: string, payload: () => JWTPayload][] = [
    ['another issuer', () => claims({ iss: 'http://evil.test/realms/fineract' })],
    ['no issuer', () => without('iss')],
    ['another audience', () => claims({ aud: 'fineract-cli' })],
    ['no audience', () => without('aud')],
    ['an expiry in the past', () => claims({ exp: seconds(-60) })],
    ['no expiry', () => without('exp')],
    ['a start in the future', () => claims({ nbf: seconds(60) })],
    ['no username', () => without('preferred_username')],
    ['a username that nobody has', () => claims({ preferred_username: 'nobody' })],
    ['the system user', () => claims({ preferred_username: 'system' })],
    ['a username that is no text', () => claims({ preferred_username: { toString: 'admin' } })],
  ];
  test.each(refused)('with %s are refused', async (_what, payload) => {
    const answer = await bearer(signed(payload()));
    expect(answer.status).toBe(401);
    expect(answer.body.userMessageGlobalisationCode).toBe('error.msg.not.authenticated');
  });

  test('without a signature are refused', async () => {
    expect((await bearer(new UnsecuredJWT(claims()).encode())).status).toBe(401);
    const [header, payload] = (await signed(claims())).split('.');
    expect((await bearer(`${header}.${payload}.`)).status).toBe(401);
  });

  test('CVE-2023-48223: the public key is no shared secret', async () => {
    const { publicKey } = keyServer.keys.get('one')!;
    const pem = await exportSPKI(publicKey);
    for (const secret of [pem, ` ${pem}`, JSON.stringify(await exportJWK(publicKey))]) {
      const forged = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' });
      expect((await bearer(forged.sign(new TextEncoder().encode(secret)))).status).toBe(401);
    }
  });

  test('signed with a key that the issuer does not publish are refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'one' });
    expect((await bearer(forged.sign(privateKey))).status).toBe(401);
  });

  test('CVE-2026-35039: a token that was verified does not answer for another', async () => {
    const token = await signed(claims());
    expect((await bearer(token)).status).toBe(200);
    const [header, payload, signature] = token.split('.');
    const forgedPayload = Buffer.from(JSON.stringify(claims({ preferred_username: 'nobody' }))).toString(
      'base64url',
    );
    expect((await bearer(`${header}.${forgedPayload}.${signature}`)).status).toBe(401);
    expect((await bearer(`${header}.${payload}.${signature!.slice(0, -4)}AAAA`)).status).toBe(401);
  });

  test('end with the user, not with the token', async () => {
    const role = await bank.post('/roles', { name: 'Short', description: 'Short-lived' });
    const person = { username: 'leaver', firstname: 'L', lastname: 'V', officeId: 1, email: 'l@example.org' };
    const roles = [role.body.resourceId];
    const { body } = await bank.post('/users', { ...person, roles, sendPasswordToEmail: true });
    const token = await signed(claims({ preferred_username: 'leaver' }));
    expect((await withHeader(`Bearer ${token}`, '/userdetails')).status).toBe(200);
    await bank.delete(`/users/${body.resourceId}`);
    expect((await withHeader(`Bearer ${token}`, '/userdetails')).status).toBe(401);
  });

  test('with rubbish in them are refused without a stumble', async () => {
    for (const token of ['', 'x', 'a.b.c', '..', `${'A'.repeat(5000)}.B.C`]) {
      expect((await withHeader(`Bearer ${token}`)).status).toBe(401);
    }
  });

  test('cannot be judged while the issuer is away: 503, not 401', async () => {
    await using alone = await openTestBank({
      OIDC_ISSUER: ISSUER,
      OIDC_JWKS_URL: 'http://127.0.0.1:9/certs',
    });
    const headers = { authorization: `Bearer ${await signed(claims())}` };
    expect((await alone.get('/offices', { as: null, headers })).status).toBe(503);
    expect((await alone.get('/offices')).status).toBe(200);
  });
});

describe('Basic', () => {
  test('lets the right password in, on every path and at the log-in', async () => {
    expect((await bank.get('/offices')).status).toBe(200);
    const login = await bank.post('/authentication', ADMIN, { as: null });
    expect(login.body).toMatchObject({
      authenticated: true,
      username: 'admin',
      permissions: ['ALL_FUNCTIONS'],
    });
    expect(atob(login.body.base64EncodedAuthenticationKey)).toBe(`admin:${ADMIN.password}`);
  });

  test('answers the same for an unknown user, a wrong password and a user without one', async () => {
    const answers = [
      await bank.get('/offices', { as: { username: 'nobody', password: 'whatever' } }),
      await bank.get('/offices', { as: { username: 'admin', password: 'wrong' } }),
      await bank.get('/offices', { as: { username: 'system', password: '' } }),
      await bank.get('/offices', { as: null }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]!.body);
      expect(headers['www-authenticate']).toBe('Basic realm="Fineract Platform API"');
    }
  });

  test('locks a name after ten wrong passwords, and no other name', async () => {
    const wrong = { username: 'locked', password: 'wrong' };
    for (let i = 0; i < 10; i++) expect((await bank.get('/offices', { as: wrong })).status).toBe(401);
    expect((await bank.get('/offices', { as: wrong })).status).toBe(429);
    expect((await bank.get('/offices')).status).toBe(200);
  });

  test('a changed password counts at once', async () => {
    const { id } = await bank.db.row<{ id: number }>(sql`select id from users where username = 'admin'`);
    const changed = { username: 'admin', password: 'quiet maple harbour lanterns' };
    const set = (password: string, as: typeof changed) =>
      bank.put(`/users/${id}`, { password, repeatPassword: password }, { as });
    expect((await set(changed.password, ADMIN)).status).toBe(200);
    expect((await bank.get('/offices')).status).toBe(401);
    expect((await set(ADMIN.password, changed)).status).toBe(200);
    expect((await bank.get('/offices')).status).toBe(200);
    expect((await bank.get('/offices', { as: changed })).status).toBe(401);
  });

  const malformed = [
    'Basic',
    'Basic ',
    'Basic %%%',
    `Basic ${btoa('nocolon')}`,
    `Basic ${btoa(':')}`,
    'Digest x',
    '',
  ];
  test.each(malformed)('refuses the header %j', async (header) => {
    expect((await withHeader(header)).status).toBe(401);
  });
});

describe('the tenant', () => {
  const named = (tenant: string | undefined, path = '/offices') =>
    bank.get(path, { headers: { 'fineract-platform-tenantid': tenant } });

  test('must be named and known', async () => {
    for (const tenant of [undefined, '', 'unknown', "default' or '1'='1", '../default', 'x'.repeat(200)]) {
      const answer = await named(tenant);
      expect(answer.status, tenant).toBe(400);
      expect(answer.body.userMessageGlobalisationCode).toBe('error.msg.invalid.tenant.identifier');
    }
    expect((await named(undefined, '/offices?tenantIdentifier=default')).status).toBe(200);
  });

  test('is asked for before anybody logs in', async () => {
    const answer = await bank.get('/offices', {
      as: null,
      headers: { 'fineract-platform-tenantid': undefined },
    });
    expect(answer.status).toBe(400);
  });
});

test('password hashes verify their password alone, and no two are alike', async () => {
  const [one, two] = [await hashPassword('pässword'), await hashPassword('pässword')];
  expect(one).not.toBe(two);
  expect(await verifyPassword('pässword', one)).toBe(true);
  expect(await verifyPassword('pa\u0308ssword', one)).toBe(true);
  expect(await verifyPassword('password', one)).toBe(false);
  expect(await verifyPassword('pässword', 'plain$text')).toBe(false);
});
