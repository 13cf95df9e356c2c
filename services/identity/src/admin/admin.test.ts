import { createTestDatabase } from '@fineract-gitops/local-postgres/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, exchange, refresh, requestTokens, signIn } from '../testing/client.ts';
import { startTestIdentity, type TestIdentity, userSyncSecret } from '../testing/identity.ts';

let identity: TestIdentity;
let token: string;
beforeAll(async () => {
  identity = await startTestIdentity({ databaseUrl: (await createTestDatabase()).url });
  const authorization = basic('fineract-user-sync', userSyncSecret);
  token = (await requestTokens(identity, { grant_type: 'client_credentials' }, authorization)).body
    .access_token;
});
afterAll(() => identity.close());

async function call(method: string, path: string, body?: unknown, bearer = token) {
  const url = path.startsWith('/admin') ? path : `/admin/realms/fineract/users${path}`;
  const response = await fetch(new URL(url, identity.issuer), {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: text === '' ? null : JSON.parse(text),
  };
}

const zoe = {
  username: 'Zoe',
  enabled: true,
  firstName: 'Zoe',
  email: 'zoe@bank.example',
  attributes: { officeId: ['1'] },
};
const password = 'zoes own password';

describe('the Admin API that user sync uses', () => {
  it('creates a user, finds her by name, sets her password and role, and she signs in', async () => {
    const created = await call('POST', '', zoe);
    expect([created.status, created.body]).toEqual([201, null]);
    const { body: found } = await call('GET', '?username=zoe&exact=true');
    expect(found).toMatchObject([{ username: 'zoe', enabled: true, attributes: { officeId: ['1'] } }]);
    expect(created.location).toBe(
      new URL(`/admin/realms/fineract/users/${found[0].id}`, identity.issuer).href,
    );
    const reset = await call('PUT', `/${found[0].id}/reset-password`, {
      type: 'password',
      value: password,
      temporary: false,
    });
    expect(reset.status).toBe(204);
    const [role] = (await call('GET', `/${found[0].id}/role-mappings/realm/available`)).body.filter(
      ({ name }: { name: string }) => name === 'Teller',
    );
    expect((await call('POST', `/${found[0].id}/role-mappings/realm`, [role])).status).toBe(204);
    const { code, verifier } = await signIn(identity, { username: 'zoe', password });
    const { body } = await exchange(identity, code, verifier);
    expect(decodeJwt(body.access_token)).toMatchObject({
      preferred_username: 'zoe',
      realm_access: { roles: ['Teller'] },
    });
    await call('DELETE', `/${found[0].id}/role-mappings/realm`, [role]);
    expect((await call('GET', `/${found[0].id}/role-mappings/realm`)).body).toEqual([]);
  });

  it('changes what is given, and disabling ends the sessions', async () => {
    const [user] = (await call('GET', '?search=ZOE@bank')).body;
    const { code, verifier } = await signIn(identity, { username: 'zoe', password });
    const tokens = (await exchange(identity, code, verifier)).body;
    expect((await call('PUT', `/${user.id}`, { lastName: 'Zorn' })).status).toBe(204);
    expect((await call('GET', `/${user.id}`)).body).toMatchObject({
      firstName: 'Zoe',
      lastName: 'Zorn',
      enabled: true,
    });
    expect((await call('PUT', `/${user.id}`, { enabled: false })).status).toBe(204);
    expect((await refresh(identity, tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect((await signIn(identity, { username: 'zoe', password })).page.status).toBe(401);
  });

  it('pages and counts people, not service accounts', async () => {
    expect((await call('GET', '/count')).body).toBe(4);
    const names = (await call('GET', '?first=1&max=2')).body.map(
      ({ username }: { username: string }) => username,
    );
    expect(names).toEqual(['auditor', 'teller']);
  });

  it.each([
    ['a name that is taken', 'POST', '', { username: 'TELLER' }, 409],
    ['a name with a separator', 'POST', '', { username: 'a/b' }, 400],
    ['no name', 'POST', '', { enabled: true }, 400],
    [
      'a weak password',
      'POST',
      '',
      { username: 'weak', credentials: [{ type: 'password', value: 'short' }] },
      400,
    ],
    ['an unknown user', 'GET', '/00000000-0000-4000-8000-000000000000', undefined, 404],
    ['an id that is none', 'GET', "/1'; drop table users; --", undefined, 400],
    ['too large a page', 'GET', '?max=100000', undefined, 400],
  ])('refuses %s', async (_case, method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });

  it('refuses renaming to a name that is taken, and roles that there are not', async () => {
    const [teller] = (await call('GET', '?username=teller&exact=true')).body;
    expect((await call('PUT', `/${teller.id}`, { username: 'admin' })).status).toBe(409);
    expect((await call('POST', `/${teller.id}/role-mappings/realm`, [{ name: 'Emperor' }])).status).toBe(404);
  });

  it('is closed to everybody without the role of Keycloak’s realm-management', async () => {
    const { code, verifier } = await signIn(identity, { username: 'admin' });
    const staff = (await exchange(identity, code, verifier)).body;
    expect((await call('GET', '', undefined, staff.access_token)).status).toBe(403);
    expect((await call('GET', '', undefined, staff.id_token)).status).toBe(401);
    expect((await call('GET', '', undefined, 'nonsense')).status).toBe(401);
  });
});
