import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-03-15');
});
afterAll(() => bank[Symbol.asyncDispose]());

const dates = { dateFormat: 'yyyy-MM-dd', locale: 'en' };
const importOffices = (rows: object[], headers = {}) =>
  bank.post('/imports/offices', { rows, ...dates }, { headers });
const importClients = (rows: object[]) => bank.post('/imports/clients', { rows, ...dates });

describe('importing offices', () => {
  test('takes a tree, and skips what is there when it is sent again', async () => {
    const rows = [
      { externalId: 'R', name: 'Region', openingDate: '1993-01-01' },
      { externalId: 'T', name: 'Town', openingDate: '1993-02-01', parentExternalId: 'R' },
    ];
    const first = await importOffices(rows);
    expect(first.body).toMatchObject({ changes: { imported: 2, skipped: 0, errors: [] } });
    expect((await bank.get('/offices/external-id/T')).body).toMatchObject({ parentName: 'Region' });
    expect((await importOffices(rows)).body).toMatchObject({ changes: { imported: 0, skipped: 2 } });
    const audit = await bank.db.rows(sql`select 1 from audit_log where action_name = 'IMPORT'`);
    expect(audit).toHaveLength(2);
  });

  test('answers the same again for the same key', async () => {
    const rows = [{ externalId: 'K', name: 'Keyed', openingDate: '1993-01-01' }];
    const key = { 'idempotency-key': 'chunk-1' };
    const first = await importOffices(rows, key);
    const second = await importOffices(rows, key);
    expect(second.body).toEqual(first.body);
    expect(second.headers['x-served-from-cache']).toBe('true');
  });

  test('reports the rows that cannot be, and keeps the others', async () => {
    const { body } = await importOffices([
      { externalId: 'A', name: 'Alpha', openingDate: '1993-01-01' },
      { externalId: 'B', name: 'Alpha', openingDate: '1993-01-01' },
      { externalId: 'C', name: 'Gamma', openingDate: '1993-01-01', parentExternalId: 'nowhere' },
      { externalId: 'D', name: 'Delta', openingDate: '1993-01-01', parentExternalId: 'B' },
      { externalId: 'E', name: 'Epsilon', openingDate: '1993-01-01', parentExternalId: 'A' },
    ]);
    expect(body.changes).toMatchObject({
      imported: 2,
      errors: [
        { row: 1, externalId: 'B', code: 'error.msg.office.duplicate.name' },
        { row: 2, externalId: 'C', code: 'validation.msg.office.parentExternalId.does.not.exist' },
        { row: 3, externalId: 'D', code: 'validation.msg.office.parentExternalId.does.not.exist' },
      ],
    });
  });
});

describe('importing clients', () => {
  beforeAll(async () => {
    await importOffices([{ externalId: 'O', name: 'Imported office', openingDate: '1993-01-01' }]);
  });

  test('makes them active on their day, with gender by name', async () => {
    const { genderName } = await ensureGender();
    const row = {
      externalId: 'c1',
      officeExternalId: 'O',
      fullname: 'Client 1',
      gender: genderName,
      dateOfBirth: '1970-12-13',
      activationDate: '1993-05-01',
    };
    expect((await importClients([row])).body).toMatchObject({ changes: { imported: 1, errors: [] } });
    const [client] = (await bank.get('/clients?externalId=c1')).body.pageItems;
    expect(client).toMatchObject({
      displayName: 'Client 1',
      officeName: 'Imported office',
      active: true,
      activationDate: [1993, 5, 1],
      dateOfBirth: [1970, 12, 13],
    });
    expect((await importClients([row])).body).toMatchObject({ changes: { imported: 0, skipped: 1 } });
  });

  test('reports each row by the rule it breaks', async () => {
    const valid = { officeExternalId: 'O', fullname: 'Jo Doe', activationDate: '1993-05-01' };
    const { body } = await importClients([
      { ...valid, externalId: 'e1', officeExternalId: 'nowhere' },
      { ...valid, externalId: 'e2', activationDate: '1992-12-31' },
      { ...valid, externalId: 'e3', activationDate: '2024-03-16' },
      { ...valid, externalId: 'e4', fullname: undefined },
      { ...valid, externalId: 'e5', gender: 'unheard of' },
      { ...valid, externalId: 'e6' },
    ]);
    expect(body.changes.imported).toBe(1);
    expect(body.changes.errors.map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      [0, 'validation.msg.office.officeExternalId.does.not.exist'],
      [1, 'error.msg.clients.activationDate.cannot.be.before.office.activation.date'],
      [2, expect.stringContaining('is.greater.than.date')],
      [3, 'validation.msg.client.firstname.cannot.be.blank'],
      [4, 'validation.msg.client.gender.does.not.exist'],
    ]);
  });

  test('refuses a request whose form is wrong as a whole, naming the rows', async () => {
    const refused = await importClients([
      { externalId: 'f1' },
      { externalId: 'f2', officeExternalId: 'O', age: 3 },
    ]);
    expect(refused.status).toBe(400);
    const named = refused.body.errors.map(({ parameterName }: { parameterName: string }) => parameterName);
    expect(named).toEqual(expect.arrayContaining(['rows[0].officeExternalId', 'rows[1].age']));
    expect((await importClients([])).status).toBe(400);
  });

  test('needs a login', async () => {
    expect((await bank.post('/imports/clients', { rows: [] }, { as: null })).status).toBe(401);
  });
});

async function ensureGender(): Promise<{ genderName: string }> {
  const genderName = 'Female';
  await bank.db.execute(sql`
    insert into code_values (code_id, name, position)
    select id, ${genderName}, 1 from codes where name = 'Gender'
        on conflict do nothing`);
  return { genderName };
}
