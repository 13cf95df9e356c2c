/** Makes one account in Keycloak what the bank says of its user. Doing it again changes nothing. */
import { randomBytes } from 'node:crypto';
import type { UserChange } from './bodies.ts';
import type { Account, Accounts, NewAccount } from './keycloak/accounts.ts';
import { KeycloakRefusal } from './keycloak/client.ts';

/** Says whose account it is, so that nobody inherits a former holder's password with the name. */
export const OWNER = 'fineractUserId';

export interface Outcome {
  readonly outcome: 'created' | 'updated' | 'closed' | 'unchanged' | 'absent';
  /** Names of the fields that differed. */
  readonly changes: readonly string[];
  /** Roles of the bank that the realm does not have. */
  readonly missingRoles: readonly string[];
  readonly passwordSet: boolean;
}

const NOTHING = { changes: [], missingRoles: [], passwordSet: false };

/**
 * @param apply false tells what would be done and does nothing
 * @throws KeycloakAway | KeycloakRefusal
 */
export async function synchronise(accounts: Accounts, user: UserChange, apply = true): Promise<Outcome> {
  checkUsername(user.username);
  const known = await accounts.find(user.username);
  if (!user.enabled) return closeFor(accounts, user, known, apply);
  if (!known && !apply) return { ...NOTHING, outcome: 'created' };
  const { account, created } = known ? { account: known, created: false } : await create(accounts, user);
  const changes = await updateFields(accounts, user, account, apply);
  const roles = await updateRoles(accounts, user, account, apply);
  if (user.password !== undefined && apply) {
    await accounts.resetPassword(account.id, user.password);
    await accounts.logout(account.id);
  }
  const all = [...changes, ...(roles.changed ? ['roles'] : [])];
  return {
    outcome: created ? 'created' : all.length > 0 ? 'updated' : 'unchanged',
    changes: all,
    missingRoles: roles.missing,
    passwordSet: user.password !== undefined,
  };
}

/** Closes an account: the next holder of the name must not find the old password valid. */
export async function close(accounts: Accounts, account: Account): Promise<void> {
  await throwPasswordAway(accounts, account);
  await accounts.update({ ...account, enabled: false });
  await accounts.logout(account.id);
}

export function ownerOf({ attributes }: Account): number | null {
  const [owner] = attributes?.[OWNER] ?? [];
  return owner === undefined ? null : Number(owner);
}

/**
 * Keycloak does not tell `Zoe` from `zoe`, the bank does: with capitals two users would share an account. Names of
 * service accounts are Keycloak's own.
 */
function checkUsername(username: string): void {
  if (username !== username.toLowerCase()) {
    throw new KeycloakRefusal(400, 'Only usernames in small letters can sign in through Keycloak');
  }
  if (username.startsWith('service-account-')) {
    throw new KeycloakRefusal(400, 'Names beginning with service-account- belong to Keycloak');
  }
}

async function closeFor(
  accounts: Accounts,
  user: UserChange,
  account: Account | null,
  apply: boolean,
): Promise<Outcome> {
  if (!account || isOfAnother(account, user)) return { ...NOTHING, outcome: 'absent' };
  if (!account.enabled) return { ...NOTHING, outcome: 'unchanged' };
  if (apply) await close(accounts, withOwner(account, user));
  return { ...NOTHING, outcome: 'closed', changes: ['enabled'] };
}

async function create(accounts: Accounts, user: UserChange): Promise<{ account: Account; created: boolean }> {
  let created = true;
  const fresh = {
    ...wantedFields(user),
    username: user.username,
    attributes: { [OWNER]: [`${user.userId}`] },
  };
  try {
    await accounts.create(fresh);
  } catch (error) {
    // Somebody else was faster; what is there now is brought up to date like any other.
    if (!(error instanceof KeycloakRefusal) || error.status !== 409) throw error;
    created = false;
  }
  const account = await accounts.find(user.username);
  if (!account) throw new KeycloakRefusal(409, 'The name belongs to an account that is no person');
  return { account, created };
}

async function updateFields(
  accounts: Accounts,
  user: UserChange,
  account: Account,
  apply: boolean,
): Promise<string[]> {
  const wanted = wantedFields(user);
  // Keycloak leaves out what is empty.
  const differs = (name: keyof typeof wanted) => (account[name] ?? '') !== wanted[name];
  const changes: string[] = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(differs);
  if (ownerOf(account) !== user.userId) changes.push('owner');
  if (changes.length === 0 || !apply) return changes;
  if (isOfAnother(account, user)) {
    await throwPasswordAway(accounts, account);
    await accounts.logout(account.id);
  }
  await accounts.update({ ...withOwner(account, user), ...wanted });
  return changes;
}

function wantedFields({ firstname, lastname, email, enabled }: UserChange) {
  return {
    firstName: firstname,
    lastName: lastname,
    // As Keycloak writes it.
    email: (email ?? '').toLowerCase(),
    enabled,
  } satisfies Partial<NewAccount>;
}

function isOfAnother(account: Account, user: UserChange): boolean {
  const owner = ownerOf(account);
  return owner !== null && owner !== user.userId;
}

function withOwner(account: Account, { userId }: UserChange): Account {
  return { ...account, attributes: { ...account.attributes, [OWNER]: [`${userId}`] } };
}

async function throwPasswordAway(accounts: Accounts, { id }: Account): Promise<void> {
  await accounts.resetPassword(id, randomBytes(32).toString('base64url'));
}

async function updateRoles(
  accounts: Accounts,
  user: UserChange,
  { id }: Account,
  apply: boolean,
): Promise<{ changed: boolean; missing: string[] }> {
  const held = await accounts.roles(id);
  const lacking = user.roles.filter((name) => !held.some((role) => role.name === name));
  const available = lacking.length > 0 ? await accounts.availableRoles(id) : [];
  const given = available.filter(({ name }) => lacking.includes(name));
  const taken = held.filter(({ name }) => user.otherRoles.includes(name) && !user.roles.includes(name));
  if (apply) {
    await accounts.changeRoles(id, 'POST', given);
    await accounts.changeRoles(id, 'DELETE', taken);
  }
  const missing = lacking.filter((name) => !given.some((role) => role.name === name));
  return { changed: given.length + taken.length > 0, missing };
}
