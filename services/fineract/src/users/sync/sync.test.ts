/** Users and passwords on their way to the identity provider: a real bank, real user sync, a real identity service. */
import { createTestDatabase } from '@fineract-gitops/local-postgres/testing';
import { createLogger, registry } from '@fineract-gitops/telemetry';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { basic, requestTokens, signIn } from '../../../../identity/src/testing/client.ts';
import {
  startTestIdentity,
  type TestIdentity,
  userSyncSecret,
} from '../../../../identity/src/testing/identity.ts';
import { buildUserSync } from '../../../../user-sync/src/app.ts';
import { readConfig as readUserSyncConfig } from '../../../../user-sync/src/config.ts';
import { openTestBank, type TestBank } from '../../testing/test-bank.ts';
import { createUserSyncClient } from './client.ts';
import { createPasswordHandOver } from './hand-over.ts';

const token = 'a token that only tests know';
let identity: TestIdentity;
let userSync: FastifyInstance;
let bank: TestBank;
let port: number;
beforeAll(async () => {
  identity = await startTestIdentity({ databaseUrl: (await createTestDatabase()).url });
  userSync = await startUserSync(0);
  port = Number(new URL(userSync.listeningOrigin).port);
  bank = await openTestBank({ USER_SYNC_URL: userSync.listeningOrigin, USER_SYNC_TOKEN: token });
});
afterAll(async () => {
  await bank[Symbol.asyncDispose]();
  await userSync.close();
  await identity.close();
});

async function startUserSync(at: number): Promise<FastifyInstance> {
  const config = readUserSyncConfig({
    USER_SYNC_TOKEN: token,
    KEYCLOAK_URL: new URL(identity.issuer).origin,
    OIDC_CLIENT_SECRET: userSyncSecret,
  });
  const server = await buildUserSync(config, createLogger({ service: 'user-sync', level: 'silent' }));
  await server.listen({ port: at, host: '127.0.0.1' });
  return server;
}

async function accountOf(username: string) {
  const credentials = basic('fineract-user-sync', userSyncSecret);
  const { body } = await requestTokens(identity, { grant_type: 'client_credentials' }, credentials);
  const users = new URL(`/admin/realms/fineract/users?username=${username}&exact=true`, identity.issuer);
  const answer = await fetch(users, { headers: { authorization: `Bearer ${body.access_token}` } });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many shapes
  return ((await answer.json()) as any)[0];
}
const signsIn = async (username: string, password: string) =>
  (await signIn(identity, { username, password })).code !== null;
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 100 });
/** Signing in to see whether it works yet would lock the account. */
async function handedOver(): Promise<number> {
  const metric = await registry.getSingleMetric('fineract_password_hand_overs_total')?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === 'done')?.value ?? 0;
}

const first = 'seven unrelated garden words';
const second = 'another quiet harbour tune';
const person = (username: string, password = first) => ({
  username,
  firstname: 'Frieda',
  lastname: 'Feld',
  email: `${username}@bank.example`,
  officeId: 1,
  roles: [1],
  sendPasswordToEmail: false,
  password,
  repeatPassword: password,
});

describe('the identity provider', () => {
  test('knows a new user and the password when the write is answered', async () => {
    expect((await bank.post('/users', person('frieda'))).status).toBe(200);
    expect(await signsIn('frieda', first)).toBe(true);
    expect(await accountOf('frieda')).toMatchObject({ lastName: 'Feld', email: 'frieda@bank.example' });
  });

  test('follows changes of fields, names and passwords, and closes the account of who is deleted', async () => {
    const id = (await bank.post('/users', person('gerda'))).body.resourceId;
    await bank.put(`/users/${id}`, { lastname: 'Anders' });
    await eventually(async () => expect((await accountOf('gerda')).lastName).toBe('Anders'));
    await bank.put(`/users/${id}`, { username: 'gerda2', password: second, repeatPassword: second });
    await eventually(async () => expect((await accountOf('gerda')).enabled).toBe(false));
    expect(await signsIn('gerda2', second)).toBe(true);
    await bank.delete(`/users/${id}`);
    await eventually(async () => expect((await accountOf('gerda2')).enabled).toBe(false));
  });

  test('hears of nobody whom the bank refused', async () => {
    expect((await bank.post('/users', person('frieda', second))).status).toBe(403);
    expect((await bank.post('/users', { ...person('nobody'), roles: [999] })).status).toBe(404);
    expect(await signsIn('frieda', first)).toBe(true);
    expect(await accountOf('nobody')).toBeUndefined();
  });

  test('gets a password once when the same write is sent twice', async () => {
    const before = await handedOver();
    const twice = { headers: { 'idempotency-key': 'one-user' } };
    const answers = [
      await bank.post('/users', person('otto'), twice),
      await bank.post('/users', person('otto'), twice),
    ];
    expect(answers.map(({ status, body }) => [status, body.resourceId])[1]).toEqual([
      200,
      answers[0]?.body.resourceId,
    ]);
    expect(await handedOver()).toBe(before + 1);
  });

  test('gets what it missed: users by the outbox, passwords by the hand-over that goes on trying', async () => {
    const ilse = (await bank.post('/users', person('ilse'))).body.resourceId;
    await userSync.close();
    const before = await handedOver();
    expect((await bank.post('/users', person('ida'))).status).toBe(200);
    await bank.put(`/users/${ilse}`, { lastname: 'Anders', password: second, repeatPassword: second });
    userSync = await startUserSync(port);
    await eventually(async () => expect((await accountOf('ilse')).lastName).toBe('Anders'));
    await eventually(async () => expect(await handedOver()).toBe(before + 2));
    expect(await signsIn('ida', first)).toBe(true);
    expect(await signsIn('ilse', second)).toBe(true);
    expect(await signsIn('ilse', first)).toBe(false);
  }, 60_000);
});

test('a hand-over gives up after its time, and says whose password was lost but not which', async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const { signal } = new AbortController();
  const handOver = createPasswordHandOver({
    client: createUserSyncClient({ url: 'http://127.0.0.1:1', token, signal }),
    tenant: 'default',
    logger: createLogger({ service: 'fineract', level: 'debug', destination }),
    signal,
    limits: { totalMs: 100, firstPauseMs: 10, pauseMsMax: 20 },
  });
  const [tenant] = await bank.instance.resources.tenants.all();
  const id = (await bank.post('/users', person('karl'))).body.resourceId;
  await handOver.give(tenant!, id, first);
  await handOver.finished();
  const text = lines.join('');
  expect(text).toContain('must set a password again');
  expect(text).toContain(`"userId":${id}`);
  expect(text).not.toMatch(/garden|karl/);
});
