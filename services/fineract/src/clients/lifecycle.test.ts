import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSavingsBank, type SavingsBank } from '../savings/testing/savings-bank.ts';
import { innerCodes } from '../testing/test-bank.ts';

let bank: SavingsBank;
const reasons: Record<string, number> = {};
beforeAll(async () => {
  bank = await openSavingsBank();
  await bank.setBusinessDate('2024-03-15');
  const codes: { id: number; name: string }[] = (await bank.get('/codes')).body;
  for (const name of ['ClientClosureReason', 'ClientRejectReason', 'ClientWithdrawReason', 'Gender']) {
    const { id } = codes.find((code) => code.name === name)!;
    reasons[name] = (await bank.post(`/codes/${id}/codevalues`, { name: `A ${name}` })).body.subResourceId;
  }
});
afterAll(() => bank[Symbol.asyncDispose]());

const dates = { dateFormat: 'yyyy-MM-dd', locale: 'en' };
const active = { active: true, activationDate: '2024-02-01' };

let number = 0;
let externalId: string;
beforeEach(() => {
  externalId = `life-${number++}`;
});

async function client(more: object = {}): Promise<number> {
  const body = { officeId: 1, firstname: 'Lia', lastname: 'Fey', submittedOnDate: '2024-01-10', externalId };
  const created = await bank.post('/clients', { ...body, ...dates, ...more });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  return created.body.clientId;
}

const act = (id: number | string, name: string, body: object) =>
  bank.post(`/clients/${id}?command=${name}`, { ...body, ...dates });

describe('a client', () => {
  test('changes, and the change is read at once', async () => {
    const id = await client();
    const changed = await bank.put(`/clients/${id}`, {
      lastname: 'Gray',
      mobileNo: `+49 ${id}`,
      genderId: reasons['Gender'],
      externalId: '',
    });
    expect(changed.body.changes).toEqual({
      lastname: 'Gray',
      mobileNo: `+49 ${id}`,
      genderId: reasons['Gender'],
      externalId: '',
    });
    const read = (await bank.get(`/clients/${id}`)).body;
    expect(read).toMatchObject({ displayName: 'Lia Gray', gender: { name: 'A Gender' } });
    expect(read).not.toHaveProperty('externalId');
    expect(innerCodes(await bank.put(`/clients/${id}`, { genderId: reasons['ClientRejectReason'] }))).toEqual(
      ['validation.msg.client.genderId.is.not.one.of.expected.enumerations'],
    );
  });

  test('is reached by its external id', async () => {
    const id = await client();
    const path = `/clients/external-id/${externalId}`;
    expect((await bank.get(path)).body.id).toBe(id);
    expect((await bank.put(path, { middlename: 'M' })).body).toMatchObject({ clientId: id });
    expect(
      (await act(`external-id/${externalId}`, 'activate', { activationDate: '2024-02-01' })).status,
    ).toBe(200);
    expect((await bank.get(`${path}/accounts`)).body).toEqual({});
    expect((await bank.get('/clients/external-id/unknown')).status).toBe(404);
  });

  test('closes, comes back and can be activated again', async () => {
    const id = await client(active);
    const closing = { closureDate: '2024-03-01', closureReasonId: reasons['ClientClosureReason'] };
    expect((await act(id, 'close', closing)).status).toBe(200);
    expect((await bank.get(`/clients/${id}`)).body).toMatchObject({
      status: { id: 600 },
      timeline: { closedOnDate: [2024, 3, 1], closedByUsername: 'admin' },
    });
    expect(innerCodes(await act(id, 'close', closing))).toEqual(['error.msg.client.close.is.already.closed']);
    expect(innerCodes(await bank.put(`/clients/${id}`, { lastname: 'Late' }))).toEqual([
      'error.msg.client.closed',
    ]);
    expect(innerCodes(await act(id, 'reactivate', { reactivationDate: '2024-02-28' }))).toEqual([
      'error.msg.client.reactivation.date.cannot.before.client.closed.date',
    ]);
    expect((await act(id, 'reactivate', { reactivationDate: '2024-03-05' })).status).toBe(200);
    expect((await act(id, 'activate', { activationDate: '2024-03-06' })).status).toBe(200);
    expect((await bank.get(`/clients/${id}`)).body.status.id).toBe(300);
  });

  test('with savings that are open is neither closed nor deleted, and shows them', async () => {
    const id = await client(active);
    const account = await bank.post('/savingsaccounts', {
      clientId: id,
      productId: await bank.createProduct(),
      submittedOnDate: '2024-02-02',
      ...dates,
    });
    expect(account.status, JSON.stringify(account.body)).toBe(200);
    const closing = { closureDate: '2024-03-01', closureReasonId: reasons['ClientClosureReason'] };
    expect(innerCodes(await act(id, 'close', closing))).toEqual([
      'error.msg.client.close.non-closed.savings.account',
    ]);
    expect(innerCodes(await bank.delete(`/clients/${id}`))).toEqual(['error.msg.clients.cannot.be.deleted']);
    expect((await bank.get(`/clients/${id}/accounts`)).body.savingsAccounts).toMatchObject([
      { id: account.body.savingsId, status: { submittedAndPendingApproval: true } },
    ]);
    const { accountNo } = (await bank.get(`/savingsaccounts/${account.body.savingsId}`)).body;
    const found = await bank.get(`/search?query=${accountNo}&exactMatch=true&resource=savings`);
    expect(found.body).toMatchObject([{ entityType: 'SAVING', entityAccountNo: accountNo, parentId: id }]);
  });

  test('that is pending is rejected, withdrawn or deleted', async () => {
    const [rejected, withdrawn, deleted] = [
      await client(),
      await client({ externalId: undefined }),
      await client({ externalId: undefined }),
    ];
    const rejectionReasonId = reasons['ClientRejectReason'];
    expect((await act(rejected, 'reject', { rejectionDate: '2024-01-20', rejectionReasonId })).status).toBe(
      200,
    );
    const withdrawalReasonId = reasons['ClientWithdrawReason'];
    const early = await act(withdrawn, 'withdraw', { withdrawalDate: '2024-01-09', withdrawalReasonId });
    expect(innerCodes(early)).toEqual([
      'error.msg.client.withdrawal.date.cannot.before.client.submitted.date',
    ]);
    const late = await act(withdrawn, 'withdraw', { withdrawalDate: '2024-03-16', withdrawalReasonId });
    expect(innerCodes(late)).toEqual(['validation.msg.client.withdrawalDate.is.greater.than.date']);
    expect(
      (await act(withdrawn, 'withdraw', { withdrawalDate: '2024-01-20', withdrawalReasonId })).status,
    ).toBe(200);
    expect((await bank.delete(`/clients/${deleted}`)).status).toBe(200);
    expect((await bank.get(`/clients/${deleted}`)).status).toBe(404);
    expect((await bank.get(`/clients/${rejected}`)).body.status.code).toBe('clientStatusType.rejected');
    expect((await bank.get(`/clients/${withdrawn}`)).body.status.code).toBe('clientStatusType.withdraw');
    expect(innerCodes(await bank.delete(`/clients/${rejected}`))).toEqual([
      'error.msg.clients.cannot.be.deleted',
    ]);
  });

  test('is looked after by staff of its office or one above', async () => {
    const office = { parentId: 1, openingDate: '2020-01-01', ...dates };
    const branch = (await bank.post('/offices', { ...office, name: 'Care branch' })).body.resourceId;
    const other = (await bank.post('/offices', { ...office, name: 'Other branch' })).body.resourceId;
    const staff = async (officeId: number, lastname: string) =>
      (await bank.post('/staff', { officeId, firstname: 'S', lastname, joiningDate: '2020-01-01', ...dates }))
        .body.resourceId;
    const [above, elsewhere] = [await staff(1, 'Above'), await staff(other, 'Elsewhere')];
    const id = await client({ officeId: branch, staffId: above });
    expect((await bank.get(`/clients/${id}`)).body.staffName).toBe('Above, S');
    expect((await act(id, 'assignStaff', { staffId: elsewhere })).status).toBe(404);
    expect((await act(id, 'unassignStaff', { staffId: elsewhere })).status).toBe(403);
    expect((await act(id, 'unassignStaff', { staffId: above })).status).toBe(200);
    expect((await bank.get(`/clients/${id}`)).body).not.toHaveProperty('staffId');
    const unknown = { officeId: branch, firstname: 'No', lastname: 'Staff', staffId: 99_999 };
    expect((await bank.post('/clients', unknown)).status).toBe(404);
  });
});

test('the template lists offices, staff, genders and reasons', async () => {
  const template = (await bank.get('/clients/template')).body;
  expect(template).toMatchObject({ officeId: 1, activationDate: [2024, 3, 15], isAddressEnabled: false });
  expect(template.genderOptions).toMatchObject([{ name: 'A Gender' }]);
  expect(template.clientLegalFormOptions).toHaveLength(2);
  expect((await bank.get('/clients/template?command=close')).body.narrations).toMatchObject([
    { name: 'A ClientClosureReason' },
  ]);
});

describe('searching', () => {
  test('finds clients by name, number, external id and phone, and only those the user may see', async () => {
    const id = await client({ firstname: 'Zöe', lastname: 'Quux%', mobileNo: '555-000' });
    for (const query of ['zöe', 'Quux%25', externalId, '555-000']) {
      const found = await bank.get(`/search?query=${query}&resource=clients`);
      expect(found.body, query).toMatchObject([
        { entityType: 'CLIENT', entityId: id, entityStatus: { id: 100 } },
      ]);
    }
    expect((await bank.get('/search?query=Quux_&resource=clients')).body).toEqual([]);
    expect((await bank.get('/search?query=quux&exactMatch=true')).body).toEqual([]);
    expect((await bank.get('/search?query=')).body).toEqual([]);
    const role = (await bank.post('/roles', { name: 'Blind', description: 'Sees nothing' })).body.resourceId;
    const as = { username: 'blind', password: 'seven teal otters juggle' };
    const person = { ...as, repeatPassword: as.password, firstname: 'B', lastname: 'L', officeId: 1 };
    await bank.post('/users', { ...person, roles: [role], sendPasswordToEmail: false });
    expect((await bank.get('/search?query=zöe', { as })).body).toEqual([]);
  });

  test('by the second version answers a page of Spring', async () => {
    const version = { version: 'v2' } as const;
    for (const lastname of ['Aaa', 'Bbb', 'Ccc'])
      await client({ firstname: 'Paged', lastname, externalId: undefined });
    const sorts = [{ property: 'displayName', direction: 'DESC' }];
    const body = { request: { text: 'paged' }, page: 1, size: 2, sorts };
    const page = (await bank.post('/clients/search', body, version)).body;
    expect(page).toMatchObject({
      totalElements: 3,
      totalPages: 2,
      number: 1,
      numberOfElements: 1,
      first: false,
      last: true,
      empty: false,
      content: [{ displayName: 'Paged Aaa', officeName: 'Head Office', status: { id: 100 } }],
    });
    expect(page.content[0].createdDate).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    expect((await bank.post('/clients/search', {}, version)).body.size).toBe(50);
    const bad = { sorts: [{ property: 'id; drop table clients' }] };
    expect((await bank.post('/clients/search', bad, version)).status).toBe(400);
    expect((await bank.post('/clients/search', '{', version)).status).toBe(400);
    expect((await bank.post('/clients/search', {}, { ...version, as: null })).status).toBe(401);
  });
});
