import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../testing/test-bank.ts';

const PASSWORD = 'seven teal otters juggle';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
  const person = { firstname: 'Jo', lastname: 'Doe', officeId: 1, roles: [1], sendPasswordToEmail: false };
  const passwords = { password: PASSWORD, repeatPassword: PASSWORD };
  expect((await bank.post('/users', { ...person, ...passwords, username: 'other' })).status).toBe(200);
});
afterAll(() => bank[Symbol.asyncDispose]());

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const client = (lastname: string) => ({ officeId: 1, firstname: 'Ida', lastname });

async function countClients(lastname: string): Promise<number> {
  const { n } = await bank.db.row<{ n: number }>(
    sql`select count(*) as n from clients where lastname = ${lastname}`,
  );
  return n;
}

describe('an idempotency key', () => {
  test('repeats the answer and not the change', async () => {
    const first = await bank.post('/clients', client('Once'), keyed('k-1'));
    const second = await bank.post('/clients', client('Once'), keyed('k-1'));
    expect(first.headers).not.toHaveProperty('x-served-from-cache');
    expect(second).toMatchObject({
      status: 200,
      body: first.body,
      headers: { 'x-served-from-cache': 'true' },
    });
    expect(await countClients('Once')).toBe(1);
    const { audits } = await bank.db.row<{ audits: number }>(
      sql`select count(*) as audits from audit_log where idempotency_key = 'k-1'`,
    );
    expect(audits).toBe(1);
  });

  test('repeats 201 and the location on the public path', async () => {
    const options = { ...keyed('k-201'), publicPath: true };
    const first = await bank.post('/clients', client('Public'), options);
    const second = await bank.post('/clients', client('Public'), options);
    expect(second.status).toBe(201);
    expect(second.headers['location']).toBe(first.headers['location']);
  });

  test('is refused for another body, another resource and another user', async () => {
    await bank.post('/clients', client('Mine'), keyed('k-2'));
    const other = { username: 'other', password: PASSWORD };
    for (const [what, refused] of [
      ['body', await bank.post('/clients', client('Yours'), keyed('k-2'))],
      ['user', await bank.post('/clients', client('Mine'), { ...keyed('k-2'), as: other })],
    ] as const) {
      expect(refused.status, what).toBe(422);
      expect(refused.body.userMessageGlobalisationCode).toBe('error.msg.idempotency.key.reused');
      expect(JSON.stringify(refused.body)).not.toContain('resourceId');
    }
    expect(await countClients('Yours')).toBe(0);
    const { body } = await bank.post('/clients', client('Mine'), keyed('k-2'));
    expect(body.resourceId).toBeGreaterThan(0);
  });

  test('belongs to its command: another command may use it', async () => {
    await bank.post('/clients', client('Shared'), keyed('k-3'));
    expect((await bank.post('/codes', { name: 'Shared key' }, keyed('k-3'))).status).toBe(200);
  });

  test('sent many times at once has one effect and one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => bank.post('/clients', client('Crowd'), keyed('k-4'))),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify({ status, body }))).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
    expect(await countClients('Crowd')).toBe(1);
  });

  test('keeps a refusal too', async () => {
    const wrong = { officeId: 999, firstname: 'No', lastname: 'Office' };
    const first = await bank.post('/clients', wrong, keyed('k-5'));
    const second = await bank.post('/clients', wrong, keyed('k-5'));
    expect(second).toMatchObject({
      status: 404,
      body: first.body,
      headers: { 'x-served-from-cache': 'true' },
    });
    const invalid = await bank.post('/clients', { officeId: 1 }, keyed('k-6'));
    expect(invalid.status).toBe(400);
    expect((await bank.post('/clients', client('Sixth'), keyed('k-6'))).status).toBe(422);
  });

  test('is no way to do what one may not do', async () => {
    await bank.post('/clients', client('Private'), keyed('k-7'));
    const reader = await bank.post('/roles', { name: 'Reader', description: 'Reads' });
    const nobody = { firstname: 'No', lastname: 'Body', officeId: 1, sendPasswordToEmail: false };
    const passwords = { password: PASSWORD, repeatPassword: PASSWORD };
    await bank.post('/users', {
      ...nobody,
      ...passwords,
      username: 'reader',
      roles: [reader.body.resourceId],
    });
    const as = { username: 'reader', password: PASSWORD };
    expect((await bank.post('/clients', client('Private'), { ...keyed('k-7'), as })).status).toBe(403);
  });

  const bad: [what: string, key: string][] = [
    ['too long', 'x'.repeat(101)],
    ['with a space', 'a b'],
    ['beyond ASCII', 'schlüssel'],
  ];
  test.each(bad)('%s is refused', async (_what, key) => {
    expect((await bank.post('/clients', client('Bad key'), keyed(key))).status).toBe(400);
    expect(await countClients('Bad key')).toBe(0);
  });
});
