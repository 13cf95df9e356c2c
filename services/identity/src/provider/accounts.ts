import type { Database } from '@fineract-gitops/db';
import type { AccessToken, Account, ClientCredentials, UnknownObject } from 'oidc-provider';
import { attributeClaims } from '../realm/clients.ts';
import type { Realm } from '../realm/schema.ts';
import { findServiceAccount, findUser, type User } from '../store/users.ts';

/** The claims that a client may learn of a user, by scope. */
export const claimsByScope = {
  openid: ['sub'],
  profile: ['preferred_username', 'name', 'given_name', 'family_name'],
  email: ['email', 'email_verified'],
};

/** A user who may act now; nobody for one who is disabled, which ends refreshes at once. */
export async function findAccount(database: Database, id: string): Promise<Account | undefined> {
  const user = await findUser(database, id);
  if (user === null || !user.enabled) return undefined;
  return { accountId: user.id, claims: async () => userClaims(user) };
}

/** What the ID token and the userinfo endpoint say of a user. */
export function userClaims(user: User): { sub: string } & UnknownObject {
  const name = [user.firstName, user.lastName].filter((part) => part !== null).join(' ');
  return {
    sub: user.id,
    preferred_username: user.username,
    ...(name === '' ? {} : { name }),
    ...(user.firstName === null ? {} : { given_name: user.firstName }),
    ...(user.lastName === null ? {} : { family_name: user.lastName }),
    ...(user.email === null ? {} : { email: user.email, email_verified: user.emailVerified }),
  };
}

/**
 * Keycloak's claims on an access token, from which Fineract takes the user name and the roles. Names and addresses of
 * people stay out: the token passes through logs and proxies.
 */
export async function accessTokenClaims(
  database: Database,
  realm: Realm,
  token: AccessToken | ClientCredentials,
): Promise<UnknownObject | undefined> {
  const { clientId = '' } = token;
  const { accountId, sid } = token.kind === 'AccessToken' ? token : {};
  const user = await (accountId === undefined
    ? findServiceAccount(database, clientId)
    : findUser(database, accountId));
  if (user === null) return undefined;
  const resourceAccess = Object.entries(user.clientRoles).map(([client, roles]) => [client, { roles }]);
  return {
    ...attributeClaims(realm, clientId, user.attributes),
    typ: 'Bearer',
    azp: clientId,
    preferred_username: user.username,
    realm_access: { roles: user.realmRoles },
    ...(resourceAccess.length === 0 ? {} : { resource_access: Object.fromEntries(resourceAccess) }),
    ...(sid === undefined ? {} : { sid }),
  };
}
