import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiAnswer, openTestBank, type TestBank } from '../testing/test-bank.ts';

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
    expect(first.body).toMatchObject({ imported: 2, skipped: 0 });
    expect((await bank.get('/offices/external-id/T')).body).toMatchObject({ parentName: 'Region' });
    expect((await importOffices(rows)).body).toMatchObject({ imported: 0, skipped: 2 });
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

  test('names every row that cannot be, and imports none', async () => {
    const before = await bank.db.row(sql`select count(*) as n from offices`);
    const refused = await importOffices([
      { externalId: 'A', name: 'Alpha', openingDate: '1993-01-01' },
      { externalId: 'B', name: 'Alpha', openingDate: '1993-01-01' },
      { externalId: 'C', name: 'Gamma', openingDate: '1993-01-01', parentExternalId: 'nowhere' },
      { externalId: 'D', name: 'Delta', openingDate: '1993-01-01', parentExternalId: 'B' },
      { externalId: 'E', name: 'Epsilon', openingDate: '1993-01-01', parentExternalId: 'A' },
    ]);
    expect(refused.status).toBe(400);
    expect(problemsOf(refused)).toEqual([
      ['rows[1].name', 'error.msg.office.duplicate.name'],
      ['rows[2].parentExternalId', 'validation.msg.office.parentExternalId.does.not.exist'],
      ['rows[3].parentExternalId', 'validation.msg.office.parentExternalId.does.not.exist'],
    ]);
    expect(await bank.db.row(sql`select count(*) as n from offices`)).toEqual(before);
  });
});

function problemsOf(refused: ApiAnswer): [string, string][] {
  return refused.body.errors.map((error: { parameterName: string; userMessageGlobalisationCode: string }) => [
    error.parameterName,
    error.userMessageGlobalisationCode,
  ]);
}

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
    expect((await importClients([row])).body).toMatchObject({ imported: 1 });
    const [client] = (await bank.get('/clients?externalId=c1')).body.pageItems;
    expect(client).toMatchObject({
      displayName: 'Client 1',
      officeName: 'Imported office',
      active: true,
      activationDate: [1993, 5, 1],
      dateOfBirth: [1970, 12, 13],
    });
    expect((await importClients([row])).body).toMatchObject({ imported: 0, skipped: 1 });
  });

  test('reports each row by the rule it breaks', async () => {
    const valid = { officeExternalId: 'O', fullname: 'Jo Doe', activationDate: '1993-05-01' };
    const refused = await importClients([
      { ...valid, externalId: 'e1', officeExternalId: 'nowhere' },
      { ...valid, externalId: 'e2', activationDate: '1992-12-31' },
      { ...valid, externalId: 'e3', activationDate: '2024-03-16' },
      { ...valid, externalId: 'e4', fullname: undefined },
      { ...valid, externalId: 'e5', gender: 'unheard of' },
      { ...valid, externalId: 'e6' },
    ]);
    expect(problemsOf(refused)).toEqual([
      ['rows[0].officeExternalId', 'validation.msg.office.officeExternalId.does.not.exist'],
      ['rows[1].externalId', 'error.msg.clients.activationDate.cannot.be.before.office.activation.date'],
      ['rows[2].submittedOnDate', 'validation.msg.client.submittedOnDate.is.greater.than.date'],
      ['rows[3].firstname', 'validation.msg.client.firstname.cannot.be.blank'],
      ['rows[4].gender', 'validation.msg.client.gender.does.not.exist'],
    ]);
    expect((await bank.get('/clients?externalId=e6')).body.totalFilteredRecords).toBe(0);
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
