import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-03-15');
});
afterAll(() => bank[Symbol.asyncDispose]());

const dates = { dateFormat: 'dd MMMM yyyy', locale: 'en' };

describe('creating a client', () => {
  test('answers the ids, and the client reads back', async () => {
    const created = await bank.post('/clients', {
      officeId: 1,
      firstname: 'Ada',
      lastname: 'Lovelace',
      active: true,
      activationDate: '01 March 2024',
      ...dates,
    });
    expect(created).toMatchObject({ status: 200, body: { officeId: 1, clientId: created.body.resourceId } });
    const read = await bank.get(`/clients/${created.body.clientId}`);
    expect(read.body).toMatchObject({
      displayName: 'Ada Lovelace',
      accountNo: String(created.body.clientId).padStart(9, '0'),
      status: { id: 300, code: 'clientStatusType.active', value: 'Active' },
      active: true,
      activationDate: [2024, 3, 1],
      officeName: 'Head Office',
      timeline: { activatedOnDate: [2024, 3, 1], activatedByUsername: 'admin' },
    });
  });

  test('answers 201 and the location on the public path', async () => {
    const body = { officeId: 1, fullname: 'Analytical Engines Ltd', legalFormId: 2 };
    const created = await bank.post('/clients', body, { publicPath: true });
    expect(created.status).toBe(201);
    expect(created.headers['location']).toBe(`/api/v1/clients/${created.body.resourceId}`);
    expect((await bank.get(`/clients/${created.body.resourceId}`)).body.status.id).toBe(100);
  });

  test('leaves one audit row and one event, in the same transaction', async () => {
    const { body } = await bank.post('/clients', { officeId: 1, firstname: 'Grace', lastname: 'Hopper' });
    const audit = await bank.db.rows(sql`
      select action_name, entity_name, client_id from audit_log where resource_id = ${String(body.resourceId)}`);
    expect(audit).toEqual([{ action_name: 'CREATE', entity_name: 'CLIENT', client_id: body.clientId }]);
    const events = await bank.db.rows(sql`
      select type, cache_keys from outbox_events
       where aggregate_type = 'client' and aggregate_id = ${String(body.resourceId)}`);
    expect(events).toEqual([{ type: 'client.created', cache_keys: [`clients:${body.clientId}`] }]);
  });
});

describe('refusals change nothing', () => {
  const valid = { officeId: 1, firstname: 'Jo', lastname: 'Doe' };
  const cases: [what: string, body: unknown, status: number, innerCode: string][] = [
    [
      'no office',
      { firstname: 'Jo', lastname: 'Doe' },
      400,
      'validation.msg.client.officeId.cannot.be.blank',
    ],
    ['an unknown field', { ...valid, nickname: 'J' }, 400, 'error.msg.parameter.unsupported'],
    [
      'a wrong type',
      { ...valid, active: 'perhaps' },
      400,
      'validation.msg.client.active.must.be.true.or.false',
    ],
    ['no last name', { officeId: 1, firstname: 'Jo' }, 400, 'validation.msg.client.lastname.cannot.be.blank'],
    [
      'a long name',
      { ...valid, firstname: 'x'.repeat(51) },
      400,
      'validation.msg.client.firstname.exceeds.max.length',
    ],
    [
      'a date without its format',
      { ...valid, active: true, activationDate: '01 March 2024', locale: 'en' },
      400,
      'validation.msg.missing.dateFormat.parameter',
    ],
    [
      'a day that does not exist',
      { ...valid, active: true, activationDate: '31 February 2024', ...dates },
      400,
      'validation.msg.invalid.dateFormat.format',
    ],
    [
      'a date in the future',
      { ...valid, active: true, activationDate: '16 March 2024', ...dates },
      400,
      'validation.msg.client.activationDate.is.greater.than.date',
    ],
    ['an unknown office', { ...valid, officeId: 999 }, 404, 'error.msg.office.id.invalid'],
  ];
  test.each(cases)('%s', async (_what, body, status, innerCode) => {
    const before = await bank.db.row(sql`select count(*) as n from clients`);
    const refused = await bank.post('/clients', body);
    expect(refused.status).toBe(status);
    expect(refused.body.httpStatusCode).toBe(String(status));
    expect(
      refused.body.errors.map(
        (error: { userMessageGlobalisationCode: string }) => error.userMessageGlobalisationCode,
      ),
    ).toContain(innerCode);
    expect(await bank.db.row(sql`select count(*) as n from clients`)).toEqual(before);
  });

  test('a taken external id', async () => {
    await bank.post('/clients', { ...valid, externalId: 'AB1' });
    const refused = await bank.post('/clients', { ...valid, externalId: 'AB1' });
    expect(refused).toMatchObject({
      status: 403,
      body: { userMessageGlobalisationCode: 'error.msg.client.duplicate.externalId' },
    });
  });

  test('activating twice', async () => {
    const { body } = await bank.post('/clients', valid);
    const activation = { activationDate: '15 March 2024', ...dates };
    expect((await bank.post(`/clients/${body.clientId}?command=activate`, activation)).status).toBe(200);
    expect((await bank.post(`/clients/${body.clientId}?command=activate`, activation)).status).toBe(403);
    expect((await bank.post(`/clients/${body.clientId}?command=fly`, activation)).status).toBe(400);
  });
});

describe('the list', () => {
  test('pages, filters and orders', async () => {
    const page = await bank.get('/clients?limit=1&offset=1&orderBy=displayName&sortOrder=desc');
    expect(page.body.pageItems).toHaveLength(1);
    expect(page.body.totalFilteredRecords).toBeGreaterThan(2);
    const found = await bank.get('/clients?displayName=lovelace');
    expect(found.body).toMatchObject({
      totalFilteredRecords: 1,
      pageItems: [{ displayName: 'Ada Lovelace' }],
    });
  });

  test('refuses an order that is not on the list', async () => {
    expect((await bank.get('/clients?orderBy=id;drop table clients')).status).toBe(400);
  });
});
