import { randomUUID } from 'node:crypto';
import { type Database, type Queryable, raw, sql } from '@fineract-gitops/db';
import type { Realm, RealmUser } from '../realm/schema.ts';
import { hashPassword } from './passwords.ts';

export type User = {
  id: string;
  username: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  enabled: boolean;
  emailVerified: boolean;
  attributes: Readonly<Record<string, readonly string[]>>;
  realmRoles: readonly string[];
  clientRoles: Readonly<Record<string, readonly string[]>>;
  requiredActions: readonly string[];
  serviceAccountClientId: string | null;
};

/** A user as the program sees one; never the password. */
export const columns = raw(`id, username, email, first_name as "firstName", last_name as "lastName", enabled,
  email_verified as "emailVerified", attributes, realm_roles as "realmRoles", client_roles as "clientRoles",
  required_actions as "requiredActions", service_account_client_id as "serviceAccountClientId"`);

export function findUser(database: Queryable, id: string): Promise<User | null> {
  return database.rowOrNull<User>(sql`select ${columns} from users where id = ${id}::uuid`);
}

export function findServiceAccount(database: Queryable, clientId: string): Promise<User | null> {
  return database.rowOrNull<User>(
    sql`select ${columns} from users where service_account_client_id = ${clientId}`,
  );
}

/** A person by sign-in name (case does not matter) with the hash of the password; service accounts cannot sign in. */
export function findForLogin(
  database: Queryable,
  username: string,
): Promise<(User & { passwordHash: string | null }) | null> {
  return database.rowOrNull(sql`
    select ${columns}, password_hash as "passwordHash" from users
    where username = ${username.toLowerCase()} and service_account_client_id is null`);
}

/** Sets a new password; a temporary one must be changed at the next login. */
export async function setPassword(
  database: Queryable,
  userId: string,
  password: string,
  temporary: boolean,
): Promise<void> {
  const hash = await hashPassword(password);
  await database.execute(sql`
    update users set password_hash = ${hash},
      required_actions = array_remove(required_actions, 'UPDATE_PASSWORD')
        || case when ${temporary}::boolean then array['UPDATE_PASSWORD'] else array[]::text[] end
    where id = ${userId}::uuid`);
}

/**
 * Adds the users of the realm file that are not there yet; those that are stay as they are, for they may have changed
 * their passwords since. Answers how many were added.
 */
export async function importUsers(database: Database, realm: Realm): Promise<number> {
  let added = 0;
  for (const user of realm.users ?? []) {
    const known = await database.rowOrNull(sql`
      select id from users where username = ${user.username.toLowerCase()}`);
    if (known === null) added += await insertUser(database, user);
  }
  return added;
}

/** Inserts a user in the form that the realm file and Keycloak's Admin API share; 0 when the name is taken. */
export async function insertUser(
  database: Queryable,
  user: RealmUser,
  id: string = randomUUID(),
): Promise<number> {
  const password = user.credentials?.find(({ type }) => type === 'password');
  const hash = password?.value === undefined ? null : await hashPassword(password.value);
  const actions = new Set([
    ...(user.requiredActions ?? []),
    ...(password?.temporary ? ['UPDATE_PASSWORD'] : []),
  ]);
  return database.execute(sql`
    insert into users (id, username, email, first_name, last_name, enabled, email_verified, attributes, realm_roles,
      client_roles, required_actions, service_account_client_id, password_hash, created_at)
    values (${user.id ?? id}, ${user.username.toLowerCase()}, ${user.email || null}, ${user.firstName ?? null},
      ${user.lastName ?? null}, ${user.enabled ?? false}, ${user.emailVerified ?? false},
      ${JSON.stringify(user.attributes ?? {})}, ${user.realmRoles ?? []}, ${JSON.stringify(user.clientRoles ?? {})},
      ${[...actions]}, ${user.serviceAccountClientId ?? null}, ${hash}, ${new Date()})
    on conflict (username) do nothing`);
}
