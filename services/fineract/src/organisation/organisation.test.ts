import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-03-15');
});
afterAll(() => bank[Symbol.asyncDispose]());

const dates = { dateFormat: 'yyyy-MM-dd', locale: 'en' };

async function office(name: string, parentId = 1, more: object = {}): Promise<number> {
  const created = await bank.post('/offices', {
    name,
    parentId,
    openingDate: '2020-01-01',
    ...dates,
    ...more,
  });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  return created.body.resourceId;
}

describe('offices', () => {
  test('form a tree whose paths follow a move', async () => {
    const east = await office('East', 1, { externalId: 'E-1' });
    const north = await office('North');
    const town = await office('Town', east);
    await bank.put(`/offices/${east}`, { parentId: north });
    expect((await bank.get(`/offices/${town}`)).body).toMatchObject({
      hierarchy: `.1.${north}.${east}.${town}.`,
      nameDecorated: '............Town',
      parentId: east,
      parentName: 'East',
      openingDate: [2020, 1, 1],
    });
    const byExternalId = await bank.get('/offices/external-id/E-1?template=true');
    expect(byExternalId.body).toMatchObject({ id: east, parentName: 'North' });
    const parents = byExternalId.body.allowedParents.map(({ id }: { id: number }) => id);
    expect(parents).toContain(north);
    expect(parents).not.toContain(town);
    expect((await bank.get('/offices')).body).toHaveLength(4);
    expect((await bank.get('/offices/template')).body.openingDate).toEqual([2024, 3, 15]);
  });

  test('a change answers what changed', async () => {
    const id = await office('West', 1, { externalId: 'W-1' });
    const changed = await bank.put('/offices/external-id/W-1', { name: 'Far West', externalId: '' });
    expect(changed.body).toMatchObject({ resourceId: id, changes: { name: 'Far West', externalId: '' } });
    expect((await bank.get(`/offices/${id}`)).body).not.toHaveProperty('externalId');
    expect((await bank.put(`/offices/${id}`, { name: 'Far West' })).body.changes).toEqual({});
  });

  test('refuses what would break the tree', async () => {
    const top = await office('Top');
    const below = await office('Below', top);
    const cases: [string, number, object, number, string][] = [
      ['a cycle', top, { parentId: below }, 403, 'error.msg.office.parentId.is.a.descendant'],
      ['itself', top, { parentId: top }, 403, 'error.msg.office.parentId.same.as.id'],
      ['the root', 1, { parentId: top }, 403, 'error.msg.office.cannot.update.parent.office.of.root.office'],
      ['no parent', top, { parentId: 9999 }, 404, 'error.msg.office.id.invalid'],
      ['an empty name', top, { name: ' ' }, 400, 'validation.msg.office.name.cannot.be.blank'],
      ['a taken name', top, { name: 'Below' }, 403, 'error.msg.office.duplicate.name'],
    ];
    for (const [what, id, body, status, code] of cases) {
      const refused = await bank.put(`/offices/${id}`, body);
      expect(refused.status, what).toBe(status);
      expect(innerCodes(refused), what).toContain(code);
    }
    const broken = await bank.db.rows(sql`
      select o.id from offices o join offices p on p.id = o.parent_id
       where o.hierarchy <> p.hierarchy || o.id || '.'`);
    expect(broken).toEqual([]);
  });

  test('moves and creations at the same moment leave every path right', async () => {
    const [a, b] = [await office('Race A'), await office('Race B')];
    const moved = await office('Race moved', a);
    await Promise.all([
      ...Array.from({ length: 5 }, (_, i) => office(`Race child ${i}`, moved)),
      bank.put(`/offices/${moved}`, { parentId: b }),
      bank.put(`/offices/${moved}`, { parentId: a }),
      ...Array.from({ length: 5 }, (_, i) => office(`Race late child ${i}`, moved)),
    ]);
    const broken = await bank.db.rows(sql`
      select o.id from offices o join offices p on p.id = o.parent_id
       where o.hierarchy <> p.hierarchy || o.id || '.'`);
    expect(broken).toEqual([]);
  });
});

describe('staff', () => {
  test('is created, listed by office and status, and changed', async () => {
    const branch = await office('Staffed branch');
    const { body } = await bank.post('/staff', {
      officeId: branch,
      firstname: 'Ada',
      lastname: 'Lovelace',
      isLoanOfficer: true,
      joiningDate: '2021-05-01',
      ...dates,
    });
    expect((await bank.get(`/staff/${body.resourceId}`)).body).toMatchObject({
      displayName: 'Lovelace, Ada',
      officeName: 'Staffed branch',
      isLoanOfficer: true,
      isActive: true,
      joiningDate: [2021, 5, 1],
    });
    expect((await bank.get(`/staff?officeId=${branch}`)).body).toHaveLength(1);
    const changed = await bank.put(`/staff/${body.resourceId}`, { isActive: false, lastname: 'King' });
    expect(changed.body.changes).toEqual({ isActive: false, lastname: 'King' });
    expect((await bank.get(`/staff?officeId=${branch}`)).body).toEqual([]);
    expect((await bank.get(`/staff?officeId=${branch}&status=all`)).body).toMatchObject([
      { displayName: 'King, Ada' },
    ]);
    expect((await bank.get('/staff?status=gone')).status).toBe(400);
  });

  test('names every missing field at once', async () => {
    const refused = await bank.post('/staff', {});
    expect(innerCodes(refused)).toEqual([
      'validation.msg.staff.officeId.cannot.be.blank',
      'validation.msg.staff.firstname.cannot.be.blank',
      'validation.msg.staff.lastname.cannot.be.blank',
      'validation.msg.staff.joiningDate.cannot.be.blank',
    ]);
  });
});

describe('currencies', () => {
  test('are chosen from ISO 4217, with its decimal places', async () => {
    const set = await bank.put('/currencies', { currencies: ['USD', 'JPY', 'KWD', 'IQD'] });
    expect(set.body.changes.currencies).toEqual(['IQD', 'JPY', 'KWD', 'USD']);
    const { selectedCurrencyOptions, currencyOptions } = (await bank.get('/currencies')).body;
    const places = selectedCurrencyOptions.map((each: { code: string; decimalPlaces: number }) => [
      each.code,
      each.decimalPlaces,
    ]);
    expect(Object.fromEntries(places)).toEqual({ USD: 2, JPY: 0, KWD: 3, IQD: 3 });
    expect(currencyOptions.length).toBeGreaterThan(150);
    expect(currencyOptions).toContainEqual(
      expect.objectContaining({ code: 'EUR', nameCode: 'currency.EUR', displayLabel: 'Euro (€)' }),
    );
  });

  test('that are unknown or in use are refused', async () => {
    expect(innerCodes(await bank.put('/currencies', { currencies: ['USD', 'ZZZ'] }))).toEqual([
      'error.msg.currency.currencyCode.invalid',
    ]);
    expect((await bank.put('/currencies', { currencies: [] })).status).toBe(400);
    const charge = { name: 'Yen fee', chargeAppliesTo: 2, chargeTimeType: 2, chargeCalculationType: 1 };
    await bank.put('/currencies', { currencies: ['USD', 'JPY'] });
    await bank.post('/charges', { ...charge, currencyCode: 'JPY', amount: 100, locale: 'en' });
    expect(innerCodes(await bank.put('/currencies', { currencies: ['USD'] }))).toEqual([
      'error.msg.currency.currencyCode.inUse',
    ]);
  });
});

test('payment types are created, changed and deleted', async () => {
  const { body } = await bank.post('/paymenttypes', { name: 'Cash', isCashPayment: true, position: 1 });
  expect((await bank.get(`/paymenttypes/${body.resourceId}`)).body).toMatchObject({
    name: 'Cash',
    isCashPayment: true,
    isSystemDefined: false,
  });
  await bank.put(`/paymenttypes/${body.resourceId}`, { description: 'Notes and coins' });
  expect((await bank.get('/paymenttypes')).body).toMatchObject([{ description: 'Notes and coins' }]);
  expect((await bank.post('/paymenttypes', { name: 'Cash' })).status).toBe(403);
  expect((await bank.delete(`/paymenttypes/${body.resourceId}`)).status).toBe(200);
  expect((await bank.get(`/paymenttypes/${body.resourceId}`)).status).toBe(404);
});
