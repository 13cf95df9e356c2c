/** User sync over HTTP, against the real identity service on a real database. */
import { createTestDatabase } from '@fineract-gitops/local-postgres/testing';
import { createLogger } from '@fineract-gitops/telemetry';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, requestTokens, signIn } from '../../identity/src/testing/client.ts';
import { startTestIdentity, type TestIdentity, userSyncSecret } from '../../identity/src/testing/identity.ts';
import { buildUserSync } from './app.ts';
import { readConfig } from './config.ts';

const token = 'a token that only tests know';
const logLines: string[] = [];
let identity: TestIdentity;
let server: FastifyInstance;
let url: string;
beforeAll(async () => {
  identity = await startTestIdentity({ databaseUrl: (await createTestDatabase()).url });
  server = await startUserSync(new URL(identity.issuer).origin);
  url = server.listeningOrigin;
});
afterAll(async () => {
  await server.close();
  await identity.close();
});

async function startUserSync(keycloakUrl: string): Promise<FastifyInstance> {
  const config = readConfig({
    USER_SYNC_PORT: '0',
    USER_SYNC_TOKEN: token,
    KEYCLOAK_URL: keycloakUrl,
    OIDC_CLIENT_SECRET: userSyncSecret,
  });
  const destination = { write: (line: string) => void logLines.push(line) };
  const logger = createLogger({ service: 'user-sync', level: 'debug', destination });
  const started = await buildUserSync(config, logger);
  await started.listen({ port: 0, host: '127.0.0.1' });
  return started;
}

async function post(path: string, body: unknown, bearer = token, at = url) {
  const response = await fetch(at + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many shapes
  return { status: response.status, body: (await response.json()) as any };
}

/** Asks the identity service itself. */
async function admin(path: string) {
  const tokens = await requestTokens(
    identity,
    { grant_type: 'client_credentials' },
    basic('fineract-user-sync', userSyncSecret),
  );
  const address = new URL(`/admin/realms/fineract/users${path}`, identity.issuer);
  const answer = await fetch(address, { headers: { authorization: `Bearer ${tokens.body.access_token}` } });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many shapes
  return (await answer.json()) as any;
}
const accountOf = async (username: string) => (await admin(`?username=${username}&exact=true`))[0];
const rolesOf = async (username: string): Promise<string[]> => {
  const roles = await admin(`/${(await accountOf(username)).id}/role-mappings/realm`);
  return roles.map(({ name }: { name: string }) => name);
};
const signsIn = async (username: string, password: string) =>
  (await signIn(identity, { username, password })).code !== null;

const password = 'seven unrelated words';
let ids = 100;
const person = (username: string, change: object = {}) => ({
  userId: ++ids,
  username,
  firstname: 'Zoe',
  lastname: 'Zorn',
  email: 'Zoe@Bank.example',
  enabled: true,
  roles: ['Teller'],
  otherRoles: ['Super user', 'Auditor'],
  ...change,
});

describe('POST /users', () => {
  it('creates an account that can sign in at once, and a second message changes nothing', async () => {
    const zoe = person('zoe', { eventId: 'event-1' });
    expect(await post('/users', { ...zoe, password })).toEqual({
      status: 200,
      body: { outcome: 'created', changes: ['roles'], missingRoles: [], passwordSet: true },
    });
    expect(await accountOf('zoe')).toMatchObject({
      firstName: 'Zoe',
      lastName: 'Zorn',
      email: 'zoe@bank.example',
      enabled: true,
      attributes: { fineractUserId: [`${zoe.userId}`] },
    });
    expect(await rolesOf('zoe')).toEqual(['Teller']);
    expect((await post('/users', zoe)).body).toMatchObject({ outcome: 'unchanged', changes: [] });
    expect(await signsIn('zoe', password)).toBe(true);
  });

  it('two messages at the same time make one account', async () => {
    const twin = person('twin');
    const answers = await Promise.all([post('/users', { ...twin, password }), post('/users', twin)]);
    expect(answers.map(({ body }) => body.outcome).sort()).toEqual(['created', 'unchanged']);
    expect(await signsIn('twin', password)).toBe(true);
  });

  it('changes fields, clears an address, takes roles of the bank and leaves others, names those there are not', async () => {
    const max = person('max', { roles: ['Teller', 'Auditor'], otherRoles: [] });
    await post('/users', max);
    const changed = {
      ...max,
      email: null,
      lastname: 'Mayer',
      roles: ['Super user', 'Night watch'],
      otherRoles: ['Teller'],
    };
    expect((await post('/users', changed)).body).toEqual({
      outcome: 'updated',
      changes: ['lastName', 'email', 'roles'],
      missingRoles: ['Night watch'],
      passwordSet: false,
    });
    expect((await accountOf('max')).email).toBeUndefined();
    expect(await rolesOf('max')).toEqual(['Auditor', 'Super user']);
  });

  it('a new password ends what the old one opened', async () => {
    const eve = person('eva');
    await post('/users', { ...eve, password });
    await post('/users', { ...eve, password: 'another seven words' });
    expect(await signsIn('eva', 'another seven words')).toBe(true);
    expect(await signsIn('eva', password)).toBe(false);
  });

  it('closes an account, and the next holder of the name does not inherit the password', async () => {
    const first = person('desk');
    await post('/users', { ...first, password });
    expect((await post('/users', { ...first, enabled: false })).body.outcome).toBe('closed');
    expect(await signsIn('desk', password)).toBe(false);
    expect((await post('/users', person('desk'))).body).toMatchObject({ changes: ['enabled', 'owner'] });
    expect(await signsIn('desk', password)).toBe(false);
  });

  it('nor when the account was never closed, and a late message of the first holder closes nothing', async () => {
    const [first, second] = [person('till'), person('till')];
    await post('/users', { ...first, password });
    await post('/users', second);
    expect(await signsIn('till', password)).toBe(false);
    await post('/users', { ...second, password });
    expect((await post('/users', { ...first, enabled: false })).body.outcome).toBe('absent');
    expect(await signsIn('till', password)).toBe(true);
  });

  it('makes no account for somebody who is gone', async () => {
    expect((await post('/users', person('gone', { enabled: false }))).body.outcome).toBe('absent');
    expect(await accountOf('gone')).toBeUndefined();
  });

  it.each([
    ['capitals in a name, for Keycloak would give two users one account', person('Zoe'), 422],
    ["a service account's name", person('service-account-fineract-user-sync'), 422],
    ['a password that breaks the policy', person('weak', { password: 'short' }), 422],
    ['a body without the id', { ...person('none'), userId: undefined }, 400],
  ])('refuses %s', async (_case, body, status) => {
    const answer = await post('/users', body);
    expect([answer.status, typeof answer.body.error]).toEqual([status, 'string']);
  });

  it('is closed without the token', async () => {
    expect((await post('/users', person('thief'), 'a guess')).status).toBe(401);
    expect((await post('/reconcile', { users: [] }, '')).status).toBe(401);
    expect(await accountOf('thief')).toBeUndefined();
  });

  it('says 503 and is not ready while Keycloak is away', async () => {
    const lost = await startUserSync('http://127.0.0.1:1');
    const at = lost.listeningOrigin;
    expect((await post('/users', person('later'), token, at)).status).toBe(503);
    expect((await fetch(`${at}/healthz/ready`)).status).toBe(503);
    expect((await fetch(`${at}/healthz/live`)).status).toBe(200);
    expect((await fetch(`${url}/healthz/ready`)).status).toBe(200);
    await lost.close();
  });

  it('writes no password, name, address or token into its log', () => {
    const text = logLines.join('');
    expect(text).toContain('event-1');
    expect(text).not.toMatch(/unrelated|seven words|zoe|zorn|bank\.example/i);
    expect(text).not.toContain(token);
  });
});

describe('POST /reconcile', () => {
  it('tells the drift, changes nothing unless asked, and then leaves none', async () => {
    const [ann, bob, cid, Dan] = [
      person('ann'),
      person('bob'),
      person('cid', { enabled: false }),
      person('Dan'),
    ];
    await post('/users', { ...ann, username: 'anna' });
    await post('/users', { ...bob, lastname: 'Old' });
    await post('/users', { ...cid, enabled: true });
    const users = [ann, bob, cid, Dan];
    const drift = {
      users: [
        { userId: ann.userId, outcome: 'created' },
        { userId: bob.userId, outcome: 'updated', changes: ['lastName'] },
        { userId: cid.userId, outcome: 'closed' },
      ],
      refused: [{ userId: Dan.userId, reason: expect.stringContaining('small letters') }],
      formerNames: ['anna'],
    };
    const told = (await post('/reconcile', { users })).body;
    expect(told).toMatchObject({ ...drift, applied: false });
    expect(told.unknown).toEqual(expect.arrayContaining(['admin', 'teller', 'zoe']));
    expect(await accountOf('ann')).toBeUndefined();
    expect((await post('/reconcile', { users, apply: true })).body).toMatchObject({
      ...drift,
      applied: true,
    });
    expect((await accountOf('anna')).enabled).toBe(false);
    const left = (await post('/reconcile', { users })).body;
    expect(left).toMatchObject({ users: [], formerNames: [], inStep: 3 });
    expect((await accountOf('admin')).enabled).toBe(true);
  });
});
