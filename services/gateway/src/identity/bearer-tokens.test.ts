import { createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { startTestGateway, type TestGateway } from '../testing/gateway.ts';
import { startTestIssuer, type TestIssuer } from '../testing/issuer.ts';

let core: TestCore;
let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  [core, issuer] = await Promise.all([startTestCore(), startTestIssuer()]);
  gateway = await startTestGateway({
    ...core.environment,
    OIDC_ISSUER: issuer.issuer,
    GATEWAY_BASIC_AUTH_ENABLED: 'true',
    GATEWAY_UPSTREAM_TIMEOUT_SECONDS: '1',
  });
});
beforeEach(() => core.received.splice(0));
afterAll(async () => {
  await gateway.close();
  await Promise.all([core.close(), issuer.close()]);
});

const call = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(gateway.url + path, { redirect: 'manual', ...init, headers });
const bearer = async (...parameters: Parameters<TestIssuer['token']>) => ({
  authorization: `Bearer ${await issuer.token(...parameters)}`,
});
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('bearer tokens', () => {
  it('pass through to the instance of the method', async () => {
    const headers = await bearer();
    const answer = await call('/api/v1/clients/1', headers);
    expect([answer.status, answer.headers.get('x-fineract-instance')]).toEqual([200, 'read']);
    expect(core.last().headers.authorization).toBe(headers.authorization);
    const init = { method: 'POST', body: '{"a":1}' };
    await call('/fineract-provider/api/v1/clients', { ...headers, 'content-type': 'application/json' }, init);
    expect(core.last()).toMatchObject({
      instance: 'write',
      body: '{"a":1}',
      url: '/fineract-provider/api/v1/clients',
    });
    await call('/api/v1/jobs/3?command=executeJob', headers, { method: 'POST' });
    expect(core.last()).toMatchObject({ instance: 'batch', url: '/api/v1/jobs/3?command=executeJob' });
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  it.each([
    ['a foreign issuer', { iss: 'https://evil.example/realms/fineract' }],
    ['no issuer', { iss: undefined }],
    ['a foreign audience', { aud: 'account' }],
    ['no audience', { aud: undefined }],
    ['an expired token', { iat: past - 900, exp: past }],
    ['no expiry', { exp: undefined }],
    ['a token not yet valid', { nbf: past + 7200 }],
    ['no azp', { azp: undefined }],
    ['no user name', { preferred_username: undefined }],
  ])('refuse %s', async (_case, change) => {
    const answer = await call('/api/v1/clients', await bearer(change as JWTPayload));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      httpStatusCode: '401',
      userMessageGlobalisationCode: 'error.msg.not.authenticated',
      developerMessage: expect.stringMatching(/[.]$/),
    });
    expect(core.received).toHaveLength(0);
  });

  it('JWT: RS256 key used as HS256 secret, with or without a leading space', async () => {
    const pem = await exportSPKI(issuer.keys[0]!.publicKey);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer.issuer,
      aud: 'fineract-api',
      sub: 's',
      azp: 'a',
      preferred_username: 'admin',
      iat: now,
      exp: now + 900,
    };
    for (const secret of [pem, ` ${pem}`, `${pem}\n`]) {
      for (const kid of ['key-1', undefined]) {
        const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${encode(claims)}`;
        const signature = createHmac('sha256', secret).update(signed).digest('base64url');
        expect(
          (await call('/api/v1/clients', { authorization: `Bearer ${signed}.${signature}` })).status,
        ).toBe(401);
      }
    }
    const none = `${encode({ alg: 'none' })}.${encode(claims)}.`;
    expect((await call('/api/v1/clients', { authorization: `Bearer ${none}` })).status).toBe(401);
    expect(core.received).toHaveLength(0);
  });

  it('refuse a signature by an unknown key that brings itself along', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const forged = { kid: 'key-1', alg: 'RS256', privateKey, publicKey };
    expect((await call('/api/v1/clients', await bearer({}, { key: forged }))).status).toBe(401);
  });

  it('refuse other tokens of the same issuer', async () => {
    expect((await call('/api/v1/clients', await bearer({}, { typ: 'logout+jwt' }))).status).toBe(401);
  });

  it('JWT: cache returns another user’s claims: each token stands for itself', async () => {
    const [teller, admin] = [
      await bearer(),
      await bearer({ preferred_username: 'admin', sub: 'id-of-admin' }),
    ];
    for (const headers of [teller, admin, teller]) {
      await call('/api/v1/clients', headers);
      expect(core.last().headers.authorization).toBe(headers.authorization);
    }
    const [header, payload] = teller.authorization.split('.');
    const mixed = `${header}.${payload}.${admin.authorization.split('.')[2]}`;
    expect((await call('/api/v1/clients', { authorization: mixed })).status).toBe(401);
  });

  it('key rotation: a new key is found when a token names it', async () => {
    const fresh = await startTestGateway({ ...core.environment, OIDC_ISSUER: issuer.issuer });
    const key = await issuer.addKey('ES256');
    const authorization = `Bearer ${await issuer.token({}, { key })}`;
    expect((await fetch(`${fresh.url}/api/v1/clients`, { headers: { authorization } })).status).toBe(200);
    await fresh.close();
  });

  it.each(['Bearer', 'Bearer ', 'bearer  x', 'Digest x', 'Bearer a b', 'Negotiate abc'])(
    'refuse %j',
    async (authorization) => {
      expect((await call('/api/v1/clients', { authorization })).status).toBe(401);
    },
  );
});
