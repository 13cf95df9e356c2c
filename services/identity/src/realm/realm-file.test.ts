import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword, gatewaySecret, realmFile, userSyncSecret } from '../testing/identity.ts';
import { clientMetadata } from './clients.ts';
import { passwordProblems } from './password-policy.ts';
import { readRealm } from './realm-file.ts';

const values = {
  GATEWAY_PUBLIC_URL: 'https://bank.example',
  GATEWAY_CLIENT_SECRET: gatewaySecret,
  USER_SYNC_CLIENT_SECRET: userSyncSecret,
  DEMO_PASSWORD: demoPassword,
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'realm-'));
});
afterAll(() => rm(directory, { recursive: true }));

type Editable = { clients: Record<string, unknown>[]; users: Record<string, unknown>[] } & Record<
  string,
  unknown
>;

async function changed(change: (realm: Editable) => void): Promise<string> {
  const realm = JSON.parse(await readFile(realmFile, 'utf8')) as Editable;
  change(realm);
  const path = join(directory, 'realm.json');
  await writeFile(path, JSON.stringify(realm));
  return path;
}

describe('the realm file of the project', () => {
  it('holds no secret and no wildcard', async () => {
    const text = await readFile(realmFile, 'utf8');
    expect(
      [...text.matchAll(/"(?:secret|value)": "([^"]*)"/g)].every(([, value]) => /^\$\{\w+\}$/.test(value!)),
    ).toBe(true);
    expect(text).not.toContain('*');
  });

  it('gives the gateway its address and its secret', async () => {
    const clients = clientMetadata(await readRealm(realmFile, values));
    expect(clients.map(({ client_id: id }) => id)).toEqual([
      'fineract-gateway',
      'fineract-cli',
      'fineract-user-sync',
    ]);
    expect(clients[0]).toMatchObject({
      client_secret: gatewaySecret,
      redirect_uris: ['https://bank.example/auth/callback'],
      post_logout_redirect_uris: ['https://bank.example/'],
      grant_types: ['authorization_code', 'refresh_token'],
    });
  });
});

describe('readRealm', () => {
  it('names every variable that is missing, once', async () => {
    const problem = await readRealm(realmFile, {}).catch((error: Error) => error.message);
    for (const name of Object.keys(values)) expect(String(problem).split(`\${${name}}`)).toHaveLength(2);
  });

  it('lets a secret with quotes change nothing but itself', async () => {
    const secret = '"},{"clientId":"evil"';
    const realm = await readRealm(realmFile, { ...values, GATEWAY_CLIENT_SECRET: secret });
    expect(realm.clients).toHaveLength(4);
    expect(realm.clients[0]?.secret).toBe(secret);
  });

  it.each<[string, (realm: Editable) => void, RegExp]>([
    [
      'a wildcard',
      (realm) => Object.assign(realm.clients[0]!, { redirectUris: ['https://bank.example/*'] }),
      /has a wildcard/,
    ],
    ['consent', (realm) => Object.assign(realm.clients[0]!, { consentRequired: true }), /no consent page/],
    [
      'the password grant',
      (realm) => Object.assign(realm.clients[1]!, { directAccessGrantsEnabled: true }),
      /login page only/,
    ],
    [
      'no brute-force protection',
      (realm) => Object.assign(realm, { bruteForceProtected: false }),
      /bruteForceProtected/,
    ],
    ['an unknown role', (realm) => Object.assign(realm.users[0]!, { realmRoles: ['Emperor'] }), /"Emperor"/],
    [
      'an unknown mapper',
      (realm) =>
        Object.assign(realm.clients[0]!, {
          protocolMappers: [{ name: 'x', protocolMapper: 'oidc-script', config: {} }],
        }),
      /oidc-script/,
    ],
  ])('refuses %s with a reason', async (_case, change, reason) => {
    await expect(readRealm(await changed(change), values)).rejects.toThrow(reason);
  });

  it('says when there is no such file', async () => {
    await expect(readRealm('/nowhere.json', values)).rejects.toThrow('there is no such file');
  });
});

describe('passwordProblems', () => {
  const policy = 'length(12) and digits(1) and notUsername(undefined)';
  it.each([
    ['correct horse 1', []],
    ['short1', ['must have at least 12 characters']],
    ['TellerTeller', ['must contain at least 1 digits', 'must not be the user name']],
  ])('%s', (password, problems) => {
    expect(passwordProblems(policy, password, 'tellerteller')).toEqual(problems);
  });
});
