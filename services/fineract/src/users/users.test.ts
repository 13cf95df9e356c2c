import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';

const PASSWORD = 'seven teal otters juggle';
const NEW_PASSWORD = 'quiet maple harbour lanterns';

let bank: TestBank;
let branch: number;
beforeAll(async () => {
  bank = await openTestBank();
  const office = {
    name: 'Branch',
    parentId: 1,
    openingDate: '2020-01-01',
    dateFormat: 'yyyy-MM-dd',
    locale: 'en',
  };
  branch = (await bank.post('/offices', office)).body.resourceId;
});
afterAll(() => bank[Symbol.asyncDispose]());

async function role(name: string, ...permissions: string[]): Promise<number> {
  const { body } = await bank.post('/roles', { name, description: `The ${name}` });
  const set = await bank.put(`/roles/${body.resourceId}/permissions`, {
    permissions: Object.fromEntries(permissions.map((code) => [code, true])),
  });
  expect(set.status, JSON.stringify(set.body)).toBe(200);
  return body.resourceId;
}

const person = (username: string, roles: number[]) => ({
  username,
  firstname: 'Jo',
  lastname: 'Doe',
  email: `${username}@example.org`,
  officeId: 1,
  roles,
  sendPasswordToEmail: false,
  password: PASSWORD,
  repeatPassword: PASSWORD,
});

async function user(username: string, roles: number[], more: object = {}) {
  const created = await bank.post('/users', { ...person(username, roles), ...more });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  return { id: created.body.resourceId as number, as: { username, password: PASSWORD } };
}

describe('users', () => {
  test('are created, read, changed and deleted, and can log in as long', async () => {
    const teller = await role('Teller', 'READ_CLIENT');
    const { id, as } = await user('tess', [teller]);
    const read = (await bank.get(`/users/${id}?template=true`)).body;
    expect(read).toMatchObject({
      username: 'tess',
      officeName: 'Head Office',
      selectedRoles: [{ id: teller, name: 'Teller', disabled: false }],
      passwordNeverExpires: false,
      allowedOffices: [{ id: 1 }, { id: branch }],
    });
    expect(read.availableRoles.map(({ id: each }: { id: number }) => each)).toEqual([1]);
    expect((await bank.get('/clients', { as })).status).toBe(200);
    expect((await bank.get('/users', { as })).status).toBe(403);
    const changed = await bank.put(`/users/${id}`, { lastname: 'Smith', officeId: branch });
    expect(changed.body.changes).toEqual({ lastname: 'Smith', officeId: branch });
    expect((await bank.delete(`/users/${id}`)).status).toBe(200);
    expect((await bank.get(`/users/${id}`)).status).toBe(404);
    expect((await bank.get('/clients', { as })).status).toBe(401);
    await user('tess', [teller]);
  });

  test('set their own password, and nothing else without the permission', async () => {
    const { id, as } = await user('pat', [await role('Reader', 'READ_OFFICE')]);
    const both = { password: NEW_PASSWORD, repeatPassword: NEW_PASSWORD };
    expect(innerCodes(await bank.put(`/users/${id}`, { ...both, lastname: 'Boss' }, { as }))).toEqual([
      'not.enough.permission.to.update.fields',
    ]);
    expect((await bank.put(`/users/1`, both, { as })).status).toBe(403);
    const changed = await bank.put(`/users/${id}`, both, { as });
    expect(changed.body.changes).toEqual({ passwordChanged: true });
    expect((await bank.get('/offices', { as })).status).toBe(401);
    const again = { username: 'pat', password: NEW_PASSWORD };
    expect((await bank.get('/offices', { as: again })).status).toBe(200);
    expect(innerCodes(await bank.put(`/users/${id}`, both, { as: again }))).toEqual([
      'error.msg.password.already.used',
    ]);
  });

  test('leave events and audit rows without any password', async () => {
    const { id } = await user('silent', [await role('Silent', 'READ_OFFICE')]);
    await bank.put(`/users/${id}`, { password: NEW_PASSWORD, repeatPassword: NEW_PASSWORD });
    await bank.put(`/users/${id}`, { email: 'other@example.org' });
    await bank.delete(`/users/${id}`);
    const events = await bank.db.rows<{ type: string }>(sql`
      select type from outbox_events where aggregate_type = 'user' and aggregate_id = ${String(id)} order by id`);
    expect(events.map(({ type }) => type)).toEqual([
      'user.created',
      'user.password-changed',
      'user.updated',
      'user.deleted',
    ]);
    const { text } = await bank.db.row<{ text: string }>(sql`
      select concat((select string_agg(e::text, ' ') from outbox_events e),
                    (select string_agg(a::text, ' ') from audit_log a)) as text`);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(NEW_PASSWORD);
    expect(text).not.toContain('scrypt');
  });

  const weak: [what: string, password: string][] = [
    ['11 characters', 'kD9#vQ2!xZ7'],
    ['the username in it', 'xx-weak-xx-zebra-xx'],
    ['a common one', 'passwordpassword'],
    ['a row of keys', 'qwertyuiop123456'],
    ['a repeated letter', 'aaaaaaaaaaaaaaaa'],
    ['own names', 'MontgomeryAlexandra'],
  ];
  test.each(weak)('CVE-2025-23408: a password with %s is refused', async (_what, password) => {
    const names = { firstname: 'Alexandra', lastname: 'Montgomery' };
    const body = { ...person('weak', [1]), ...names, password, repeatPassword: password };
    expect(innerCodes(await bank.post('/users', body))).toEqual([
      'validation.msg.user.password.does.not.match.regexp',
    ]);
  });

  const refusals: [what: string, part: object, status: number, code: string][] = [
    [
      'two passwords',
      { repeatPassword: NEW_PASSWORD },
      400,
      'validation.msg.user.repeatPassword.not.equal.to.password',
    ],
    ['no role', { roles: [] }, 400, 'validation.msg.user.roles.cannot.be.empty'],
    ['an unknown role', { roles: [9999] }, 404, 'error.msg.role.id.invalid'],
    ['a colon', { username: 'a:b' }, 400, 'validation.msg.user.username.invalid'],
    ['a bad address', { email: 'nobody' }, 400, 'validation.msg.user.email.invalid'],
    ['a taken name', { username: 'admin' }, 403, 'error.msg.user.duplicate.username'],
    ['staff of nowhere', { staffId: 9999 }, 404, 'error.msg.staff.id.invalid'],
  ];
  test.each(refusals)('refuses %s', async (_what, part, status, code) => {
    const refused = await bank.post('/users', { ...person('refused', [1]), ...part });
    expect(refused.status).toBe(status);
    expect(innerCodes(refused)).toContain(code);
  });
});

describe('CVE-2024-23537: nobody can raise themselves', () => {
  const managing = [
    'READ_USER',
    'UPDATE_USER',
    'CREATE_USER',
    'DELETE_USER',
    'READ_ROLE',
    'CREATE_ROLE',
    'PERMISSIONS_ROLE',
    'ENABLE_ROLE',
  ];

  test('by giving themselves the super role, or another user it', async () => {
    const { id, as } = await user('mallory', [await role('Managers', ...managing)]);
    expect((await bank.put(`/users/${id}`, { roles: [1] }, { as })).status).toBe(403);
    expect((await bank.post('/users', person('puppet', [1]), { as })).status).toBe(403);
    expect((await bank.get(`/users/${id}`)).body.selectedRoles).toMatchObject([{ name: 'Managers' }]);
  });

  test('by adding to a role, their own or a new one, what they do not have', async () => {
    const own = await role('Editors', ...managing);
    const { as } = await user('eve', [own]);
    for (const code of ['ALL_FUNCTIONS', 'ALL_FUNCTIONS_READ', 'CREATE_CLIENT']) {
      const permissions = { [code]: true };
      expect((await bank.put(`/roles/${own}/permissions`, { permissions }, { as })).status, code).toBe(403);
    }
    const granted = await bank.put(`/roles/${own}/permissions`, { permissions: { READ_USER: true } }, { as });
    expect(granted.status).toBe(200);
  });

  test('by taking over an account that may do more', async () => {
    const { as } = await user('trent', [await role('Clerks', ...managing)]);
    const takeOver = { password: NEW_PASSWORD, repeatPassword: NEW_PASSWORD };
    const { id: adminId } = await bank.db.row<{ id: number }>(
      sql`select id from users where username = ${ADMIN.username}`,
    );
    expect((await bank.put(`/users/${adminId}`, takeOver, { as })).status).toBe(403);
    expect((await bank.put(`/users/${adminId}`, { username: 'gone' }, { as })).status).toBe(403);
    expect((await bank.delete(`/users/${adminId}`, { as })).status).toBe(403);
    expect((await bank.get('/users')).status).toBe(200);
  });

  test('by putting a mightier role in force again', async () => {
    const mighty = await role('Sleeping', 'ALL_FUNCTIONS');
    await bank.post(`/roles/${mighty}?command=disable`);
    const { as } = await user('uma', [await role('Wakers', ...managing)]);
    expect((await bank.post(`/roles/${mighty}?command=enable`, {}, { as })).status).toBe(403);
    expect((await bank.post(`/roles/${mighty}?command=enable`)).status).toBe(200);
  });

  test('by moving out of their branch', async () => {
    const { id, as } = await user('bea', [await role('Branch managers', ...managing)], { officeId: branch });
    expect((await bank.put(`/users/${id}`, { officeId: 1 }, { as })).status).toBe(403);
    expect((await bank.get('/users', { as })).body).toMatchObject([{ username: 'bea' }]);
  });
});

describe('roles', () => {
  test('list every permission and whether they give it', async () => {
    const id = await role('Depositors', 'READ_CLIENT', 'CREATE_CLIENT');
    const { body } = await bank.get(`/roles/${id}/permissions`);
    const selected = body.permissionUsageData.filter((each: { selected: boolean }) => each.selected);
    expect(selected.map((each: { code: string }) => each.code).sort()).toEqual([
      'CREATE_CLIENT',
      'READ_CLIENT',
    ]);
    const changed = await bank.put(`/roles/${id}/permissions`, {
      permissions: { READ_CLIENT: true, CREATE_CLIENT: false },
    });
    expect(changed.body.changes).toEqual({ permissions: { CREATE_CLIENT: false } });
    const unknown = await bank.put(`/roles/${id}/permissions`, { permissions: { FLY: true } });
    expect(innerCodes(unknown)).toEqual(['error.msg.permission.code.invalid']);
    expect((await bank.get('/permissions')).body.length).toBe(body.permissionUsageData.length);
  });

  test('are deleted or disabled only when no user has them', async () => {
    const id = await role('Used', 'READ_CLIENT');
    const { id: userId } = await user('holder', [id]);
    expect(innerCodes(await bank.delete(`/roles/${id}`))).toEqual([
      'error.msg.role.associated.with.users.deleted',
    ]);
    expect(innerCodes(await bank.post(`/roles/${id}?command=disable`))).toEqual([
      'error.msg.role.associated.with.users.disabled',
    ]);
    await bank.delete(`/users/${userId}`);
    expect((await bank.delete(`/roles/${id}`)).status).toBe(200);
    expect((await bank.get(`/roles/${id}`)).status).toBe(404);
  });

  test('somebody always stays in charge', async () => {
    const { id: adminId } = await bank.db.row<{ id: number }>(
      sql`select id from users where username = ${ADMIN.username}`,
    );
    const harmless = await role('Harmless', 'READ_CLIENT');
    expect(innerCodes(await bank.put(`/users/${adminId}`, { roles: [harmless] }))).toEqual([
      'error.msg.user.last.administrator',
    ]);
    const without = { permissions: { ALL_FUNCTIONS: false } };
    expect(innerCodes(await bank.put('/roles/1/permissions', without))).toEqual([
      'error.msg.user.last.administrator',
    ]);
  });
});
