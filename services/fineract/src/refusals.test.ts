/**
 * Bad input, as a table: every request answers Fineract's error body with the right status and changes nothing. What
 * counts as "nothing" is the whole bank: clients, accounts, transactions, journals, audit rows and events.
 */
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iso, openSavingsBank, type SavingsBank } from './savings/testing/savings-bank.ts';
import type { ApiAnswer, CallOptions } from './testing/test-bank.ts';

let bank: SavingsBank;
let account: number;
let clerk: { username: string; password: string };

beforeAll(async () => {
  bank = await openSavingsBank('2024-06-30');
  account = await bank.openAccount({ activatedOn: '2024-02-01' });
  await bank.deposit(account, '2024-02-01', 100);
  clerk = { username: 'clerk', password: 'quiet owls see every window' };
  const role = await bank.post('/roles', { name: 'Looks', description: 'Looks only' });
  await bank.put(`/roles/${role.body.resourceId}/permissions`, { permissions: { READ_CLIENT: true } });
  const user = {
    username: clerk.username,
    firstname: 'Cora',
    lastname: 'Lerk',
    officeId: 1,
    roles: [role.body.resourceId],
    password: clerk.password,
    repeatPassword: clerk.password,
    sendPasswordToEmail: false,
  };
  expect((await bank.post('/users', user)).status).toBe(200);
});
afterAll(() => bank[Symbol.asyncDispose]());

const everything = () =>
  bank.db.row(sql`
    select (select count(*) from clients) as clients, (select sum(balance) from savings_accounts) as balances,
           (select count(*) from savings_transactions) as transactions, (select count(*) from journal_entries) as entries,
           (select count(*) from audit_log) as audits, (select count(*) from outbox_events) as events`);

const client = { officeId: 1, firstname: 'Jo', lastname: 'Doe' };
const deposit = { transactionDate: '2024-03-01', transactionAmount: 10, ...iso };
const movement = (command: string, body: unknown, options?: CallOptions) => () =>
  bank.post(`/savingsaccounts/${account}/transactions?command=${command}`, body, options);

interface Refusal {
  readonly what: string;
  readonly ask: () => Promise<ApiAnswer>;
  readonly status: number;
  /** The outer code, or an inner one. */
  readonly code: string;
}

const VALIDATION = 'validation.msg.validation.errors.exist';
const amountRule = (rule: string) => `validation.msg.savingsaccount.transaction.transactionAmount.${rule}`;

const refusals: Refusal[] = [
  {
    what: 'malformed JSON',
    ask: () => bank.post('/clients', '{"officeId": 1,'),
    status: 400,
    code: 'error.msg.invalid.request.body',
  },
  {
    what: 'a list for an object',
    ask: () => bank.post('/clients', '[]'),
    status: 400,
    code: 'error.msg.invalid.request.body',
  },
  {
    what: 'an unknown field',
    ask: () => bank.post('/clients', { ...client, nick: 'J' }),
    status: 400,
    code: 'error.msg.parameter.unsupported',
  },
  {
    what: 'a wrong type',
    ask: () => bank.post('/clients', { ...client, active: 'perhaps' }),
    status: 400,
    code: VALIDATION,
  },
  {
    what: 'a negative amount',
    ask: movement('deposit', { ...deposit, transactionAmount: -5 }),
    status: 400,
    code: amountRule('not.greater.than.zero'),
  },
  {
    what: 'an amount of zero',
    ask: movement('deposit', { ...deposit, transactionAmount: 0 }),
    status: 400,
    code: amountRule('not.greater.than.zero'),
  },
  {
    what: 'too many decimals for the currency',
    ask: movement('deposit', { ...deposit, transactionAmount: 1.005 }),
    status: 400,
    code: amountRule('scale.is.greater.than.2'),
  },
  {
    what: 'more decimals than any amount',
    ask: movement('deposit', { ...deposit, transactionAmount: '1.0000001' }),
    status: 400,
    code: VALIDATION,
  },
  {
    what: 'an amount above all amounts',
    ask: movement('deposit', { ...deposit, transactionAmount: '99999999999999' }),
    status: 400,
    code: VALIDATION,
  },
  {
    what: 'an amount that is no number',
    ask: movement('deposit', { ...deposit, transactionAmount: '1e9999' }),
    status: 400,
    code: VALIDATION,
  },
  {
    what: 'a date before the activation',
    ask: movement('deposit', { ...deposit, transactionDate: '2024-01-31' }),
    status: 400,
    code: 'error.msg.savingsaccount.transaction.before.activation.date',
  },
  {
    what: 'a date in the future',
    ask: movement('deposit', { ...deposit, transactionDate: '2024-07-01' }),
    status: 400,
    code: 'error.msg.savingsaccount.transaction.in.the.future',
  },
  {
    what: 'a day that does not exist',
    ask: movement('deposit', { ...deposit, transactionDate: '2024-02-30' }),
    status: 400,
    code: 'validation.msg.invalid.dateFormat.format',
  },
  {
    what: 'an overdraft',
    ask: movement('withdrawal', { ...deposit, transactionAmount: 100.01 }),
    status: 403,
    code: 'error.msg.savingsaccount.transaction.insufficient.account.balance',
  },
  {
    what: 'an unknown account',
    ask: () => bank.post('/savingsaccounts/987654/transactions?command=deposit', deposit),
    status: 404,
    code: 'error.msg.resource.not.found',
  },
  {
    what: 'an id that is no id',
    ask: () => bank.get("/clients/1'--"),
    status: 404,
    code: 'error.msg.resource.not.found',
  },
  {
    what: 'an unknown command',
    ask: movement('gamble', deposit),
    status: 400,
    code: 'error.msg.query.parameter.value.unsupported',
  },
  {
    what: 'an unknown operation',
    ask: () => bank.get('/fortunes'),
    status: 404,
    code: 'error.msg.resource.not.found',
  },
  {
    what: 'a missing permission',
    ask: () => movement('deposit', deposit, { as: clerk })(),
    status: 403,
    code: 'error.msg.not.authorized',
  },
  {
    what: 'nobody',
    ask: movement('deposit', deposit, { as: null }),
    status: 401,
    code: 'error.msg.not.authenticated',
  },
  {
    what: 'a missing tenant',
    ask: movement('deposit', deposit, { headers: { 'fineract-platform-tenantid': '' } }),
    status: 400,
    code: 'error.msg.invalid.tenant.identifier',
  },
  {
    what: 'an unknown tenant',
    ask: movement('deposit', deposit, { headers: { 'fineract-platform-tenantid': 'nobody' } }),
    status: 400,
    code: 'error.msg.invalid.tenant.identifier',
  },
  {
    what: 'a body that is not JSON by its type',
    ask: movement('deposit', deposit, { headers: { 'content-type': 'text/plain' } }),
    status: 415,
    code: 'error.msg.unsupported.media.type',
  },
];

describe('refused, and nothing has changed', () => {
  test.each(refusals)('$what', async ({ ask, status, code }) => {
    const before = await everything();
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.body.httpStatusCode).toBe(String(status));
    expect(answer.body.defaultUserMessage).toMatch(/\S/);
    const inner = (answer.body.errors ?? []).map(
      (each: { userMessageGlobalisationCode: string }) => each.userMessageGlobalisationCode,
    );
    expect([answer.body.userMessageGlobalisationCode, ...inner]).toContain(code);
    expect(await everything()).toEqual(before);
  });

  test('a replayed idempotency key with another body', async () => {
    const headers = { 'idempotency-key': 'refusals-1' };
    expect((await movement('deposit', deposit, { headers })()).status).toBe(200);
    const before = await everything();
    const other = await movement('deposit', { ...deposit, transactionAmount: 11 }, { headers })();
    expect([other.status, other.body.userMessageGlobalisationCode]).toEqual([
      422,
      'error.msg.idempotency.key.reused',
    ]);
    expect(await everything()).toEqual(before);
  });
});
