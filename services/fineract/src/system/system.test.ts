import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank[Symbol.asyncDispose]());

describe('codes', () => {
  test('and their values are created, changed, ordered and deleted', async () => {
    const { resourceId: codeId } = (await bank.post('/codes', { name: 'Village' })).body;
    const value = await bank.post(`/codes/${codeId}/codevalues`, { name: 'Upper', position: 2 });
    expect(value.body).toMatchObject({ resourceId: codeId, subResourceId: expect.any(Number) });
    await bank.post(`/codes/${codeId}/codevalues`, { name: 'Lower', position: 1, description: 'Down there' });
    const changed = await bank.put(`/codes/${codeId}/codevalues/${value.body.subResourceId}`, {
      isActive: false,
    });
    expect(changed.body.changes).toEqual({ isActive: false });
    expect((await bank.get(`/codes/${codeId}/codevalues`)).body).toMatchObject([
      { name: 'Lower', position: 1, description: 'Down there', active: true, mandatory: false },
      { name: 'Upper', position: 2, active: false },
    ]);
    expect((await bank.delete(`/codes/${codeId}/codevalues/${value.body.subResourceId}`)).status).toBe(200);
    expect((await bank.put(`/codes/${codeId}`, { name: 'Hamlet' })).body.changes).toEqual({ name: 'Hamlet' });
    expect((await bank.delete(`/codes/${codeId}`)).status).toBe(200);
    expect(innerCodes(await bank.get(`/codes/${codeId}`))).toEqual(['error.msg.code.identifier.not.found']);
  });

  test('of the system keep their names, and names are not used twice', async () => {
    const codes: { id: number; name: string; systemDefined: boolean }[] = (await bank.get('/codes')).body;
    const gender = codes.find(({ name }) => name === 'Gender')!;
    expect(gender.systemDefined).toBe(true);
    for (const refused of [
      await bank.put(`/codes/${gender.id}`, { name: 'Sex' }),
      await bank.delete(`/codes/${gender.id}`),
    ]) {
      expect(innerCodes(refused)).toEqual(['error.msg.code.systemdefined']);
    }
    expect(innerCodes(await bank.post('/codes', { name: 'Gender' }))).toEqual([
      'error.msg.code.duplicate.name',
    ]);
    await bank.post(`/codes/${gender.id}/codevalues`, { name: 'Female' });
    expect(innerCodes(await bank.post(`/codes/${gender.id}/codevalues`, { name: 'Female' }))).toEqual([
      'error.msg.code.value.duplicate.label',
    ]);
  });
});

describe('business dates', () => {
  const date = (type: string, iso: string) => ({ type, date: iso, dateFormat: 'yyyy-MM-dd', locale: 'en' });

  test('are today until they are enabled, and then what was set', async () => {
    expect(innerCodes(await bank.post('/businessdate', date('BUSINESS_DATE', '2024-03-01')))).toEqual([
      'business.date.is.not.enabled',
    ]);
    const enabled = await bank.put('/configurations/name/enable-business-date', { enabled: true });
    expect(enabled.body.changes).toEqual({ enabled: true });
    const set = await bank.post('/businessdate', date('BUSINESS_DATE', '2024-03-01'));
    expect(set.body.changes).toEqual({ BUSINESS_DATE: '2024-03-01', COB_DATE: '2024-02-29' });
    expect((await bank.get('/businessdate')).body).toEqual([
      { description: 'Business Date', type: 'BUSINESS_DATE', date: [2024, 3, 1] },
      { description: 'Close of Business Date', type: 'COB_DATE', date: [2024, 2, 29] },
    ]);
    await bank.put('/configurations/name/enable-automatic-cob-date-adjustment', { enabled: false });
    await bank.post('/businessdate', date('BUSINESS_DATE', '2024-03-02'));
    expect((await bank.get('/businessdate/COB_DATE')).body.date).toEqual([2024, 2, 29]);
    expect((await bank.get('/businessdate/YESTERDAY')).status).toBe(404);
    expect((await bank.post('/businessdate', date('YESTERDAY', '2024-03-02'))).status).toBe(400);
  });

  test('a new business date counts at once', async () => {
    const client = { officeId: 1, firstname: 'A', lastname: 'B', active: true, activationDate: '2024-03-05' };
    const body = { ...client, dateFormat: 'yyyy-MM-dd', locale: 'en' };
    expect((await bank.post('/clients', body)).status).toBe(400);
    await bank.post('/businessdate', date('BUSINESS_DATE', '2024-03-05'));
    expect((await bank.post('/clients', body)).status).toBe(200);
  });
});

test('configurations are listed, read by id and by name, and changed', async () => {
  const { globalConfiguration } = (await bank.get('/configurations')).body;
  const [first] = globalConfiguration;
  expect((await bank.get(`/configurations/name/${first.name}`)).body).toEqual(first);
  const changed = await bank.put(`/configurations/${first.id}`, { value: 7, stringValue: 'seven' });
  expect(changed.body.changes).toEqual({ value: 7, stringValue: 'seven' });
  expect((await bank.get(`/configurations/${first.id}`)).body).toMatchObject({
    value: 7,
    stringValue: 'seven',
  });
  expect(innerCodes(await bank.get('/configurations/name/unheard-of'))).toEqual([
    'error.msg.configuration.property.invalid',
  ]);
});
