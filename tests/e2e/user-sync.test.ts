/** A user of the bank signs in with what the bank says: the flow write → user sync → identity, on the running bank. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../../services/identity/src/testing/browser.ts';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  startBank,
} from '../support/running-bank.ts';

let bank: RunningBank;
let directory: string;
beforeAll(async () => {
  directory = newDataDirectory();
  bank = await startBank({ directory });
});
afterAll(async () => {
  await bank?.stop();
  removeDataDirectory(directory);
});

async function api(method: string, path: string, body?: object) {
  const response = await fetch(`${bank.urls['gateway']}/fineract-provider/api/v1${path}`, {
    method,
    headers: {
      'fineract-platform-tenantid': 'default',
      authorization: `Basic ${Buffer.from(`admin:${bank.demoPassword}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads many shapes
  const answer = (await response.json()) as any;
  if (!response.ok)
    throw new Error(`${method} ${path} ended with ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Who the console says is signed in after the login form; `null` for nobody. */
async function signIn(username: string, password: string): Promise<string | null> {
  const browser = new Browser();
  const gateway = bank.urls['gateway']!;
  await browser.submit(await browser.navigate(`${gateway}/`), { username, password });
  const own = { accept: 'application/json', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
  const session = JSON.parse((await browser.request(`${gateway}/session`, { headers: own })).body);
  if (!session.authenticated) return null;
  const clients = await browser.request(`${gateway}/api/v1/clients`, {
    headers: { ...own, 'fineract-platform-tenantid': 'default' },
  });
  expect(clients.status).toBe(200);
  return session.username;
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 40_000; !(await holds()); await sleep(200)) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
  }
}

const roleId = async () =>
  (await api('GET', '/roles')).find(({ name }: { name: string }) => name === 'Super user').id;
const createUser = async (username: string, password: string): Promise<number> => {
  const roles = [await roleId()];
  const person = { username, firstname: 'Frieda', lastname: 'Feld', email: `${username}@bank.example` };
  const passwords = { password, repeatPassword: password, sendPasswordToEmail: false };
  return (await api('POST', '/users', { ...person, ...passwords, officeId: 1, roles })).resourceId;
};
const setPassword = (id: number, password: string) =>
  api('PUT', `/users/${id}`, { password, repeatPassword: password });
/** Signing in to see whether it works yet would lock the account. */
const handedOver = () => metricOf(/^fineract_password_hand_overs_total\{.*outcome="done".*\} (\d+)$/m);
const closed = () => metricOf(/^user_sync_changes_total\{.*outcome="closed".*\} (\d+)$/m, 'user-sync');
async function metricOf(line: RegExp, service = 'write'): Promise<number> {
  const metrics = await (await fetch(`${bank.urls[service]}/metrics`)).text();
  return Number(line.exec(metrics)?.[1] ?? 0);
}
const pidOf = (name: string) => bank.runState().services.find((service) => service.name === name)?.pid;

const first = 'seven unrelated garden words';
const second = 'another quiet harbour tune';

describe('users of the bank at the login page', () => {
  it('sign in at once with the password they were created with, then only with the new one, then not at all', async () => {
    const id = await createUser('frieda', first);
    expect(await signIn('frieda', first)).toBe('frieda');
    await setPassword(id, second);
    expect(await signIn('frieda', second)).toBe('frieda');
    expect(await signIn('frieda', first)).toBeNull();
    await api('DELETE', `/users/${id}`);
    await eventually('the account is closed', async () => (await closed()) === 1);
    expect(await signIn('frieda', second)).toBeNull();
  });

  it('with changes made while user sync is dead: they arrive when it is back, passwords too', async () => {
    const [staying, leaving] = [await createUser('gerda', first), await createUser('hanno', first)];
    expect(await signIn('hanno', first)).toBe('hanno');
    const [before, already] = [pidOf('user-sync')!, await handedOver()];
    process.kill(before, 'SIGKILL');
    const arriving = await createUser('ida', first);
    await api('PUT', `/users/${staying}`, { lastname: 'Anders' });
    await setPassword(staying, second);
    await api('DELETE', `/users/${leaving}`);
    await eventually('user sync runs again', async () => (pidOf('user-sync') ?? before) !== before);
    await eventually('both passwords are handed over', async () => (await handedOver()) === already + 2);
    expect(await signIn('gerda', second)).toBe('gerda');
    expect(await signIn('gerda', first)).toBeNull();
    expect(await signIn('ida', first)).toBe('ida');
    await eventually('the account is closed', async () => (await closed()) === 1);
    expect(await signIn('hanno', first)).toBeNull();
    expect(arriving).toBeGreaterThan(leaving);
  });

  it('and no log line has a password or a name', () => {
    expect(bank.output()).not.toMatch(/unrelated garden|quiet harbour|Frieda|Anders|gerda@/);
  });

  it('user sync stays small', async () => {
    const metrics = await (await fetch(`${bank.urls['user-sync']}/metrics`)).text();
    const bytes = Number(/^process_resident_memory_bytes\S* (\S+)$/m.exec(metrics)?.[1]);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes / 1e6).toBeLessThan(120);
  });
});
