/** The read flow: gateway → read instance → cache → database, with a real Redis that is looked into and stopped. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, eventually, type FlowBank, startFlowBank } from './flow-bank.ts';

let flow: FlowBank;
let teller: Client;
let clientId: number;
beforeAll(async () => {
  flow = await startFlowBank();
  teller = await flow.signIn('admin');
  const created = await teller.post('/api/v1/clients', {
    officeId: 1,
    firstname: 'Ada',
    lastname: 'Lovelace',
  });
  clientId = created.body.clientId;
});
afterAll(() => flow?.close());

const read = () => teller.get(`/api/v1/clients/${clientId}`);
const cacheOf = (answer: { headers: Headers }) => answer.headers.get('x-cache');

test('miss, store under clients:<id> for five minutes, then hit', async () => {
  const first = await read();
  expect([first.status, first.headers.get('x-fineract-instance'), cacheOf(first)]).toEqual([
    200,
    'read',
    'miss',
  ]);
  const entry = await eventually('the entry is stored', () => flow.redis.get(`clients:${clientId}`));
  expect(entry).toContain('Ada Lovelace');
  const ttlSeconds = await flow.redis.ttl(`clients:${clientId}`);
  expect(ttlSeconds).toBeGreaterThan(290);
  expect(ttlSeconds).toBeLessThanOrEqual(300);
  const second = await read();
  expect(cacheOf(second)).toBe('hit');
  expect(second.body).toEqual(first.body);
});

test('a committed write invalidates: the next read is right', async () => {
  await read();
  const changed = await teller.put(`/api/v1/clients/${clientId}`, { lastname: 'King' });
  expect([changed.status, changed.headers.get('x-fineract-instance')]).toEqual([200, 'write']);
  const after = await read();
  expect([cacheOf(after), after.body.displayName]).toEqual(['miss', 'Ada King']);
});

test('an unchanged answer need not be sent again', async () => {
  const etag = (await read()).headers.get('etag');
  expect((await teller.get(`/api/v1/clients/${clientId}`, { 'if-none-match': etag! })).status).toBe(304);
});

test('with Redis stopped the answers stay right, and the cache comes back by itself', async () => {
  await read();
  await flow.redisServer.stop('SIGKILL');
  const bypassed = await read();
  expect([bypassed.status, cacheOf(bypassed), bypassed.body.displayName]).toEqual([
    200,
    'bypass',
    'Ada King',
  ]);
  // A write while Redis is away must not leave an old entry for its return.
  expect((await teller.put(`/api/v1/clients/${clientId}`, { lastname: 'Byron' })).status).toBe(200);
  expect((await read()).body.displayName).toBe('Ada Byron');
  await flow.redisServer.start();
  // What a killed Redis held is gone, sessions included: sign in again.
  teller = await flow.signIn('admin');
  await eventually('the cache serves again', async () => cacheOf(await read()) === 'hit');
  expect((await read()).body.displayName).toBe('Ada Byron');
});
