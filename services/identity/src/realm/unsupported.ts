import type { Realm, RealmClient } from './schema.ts';

const knownMappers = new Set(['oidc-audience-mapper', 'oidc-usermodel-attribute-mapper']);

/**
 * What Keycloak would do for this realm and this provider does not, or should not: better a refusal at the start than a
 * bank that behaves differently on one machine than in the cluster.
 */
export function findUnsupported(realm: Realm): string[] {
  const roleNames = new Set(realm.roles.realm.map(({ name }) => name));
  const userProblems = (realm.users ?? []).flatMap(({ username, realmRoles = [] }) =>
    realmRoles
      .filter((role) => !roleNames.has(role))
      .map((role) => `user ${username} has the role "${role}", which roles.realm does not list`),
  );
  const rotation = realm.revokeRefreshToken
    ? ['revokeRefreshToken is on: turn it off, this provider keeps refresh tokens for the session']
    : [];
  return [...rotation, ...realm.clients.flatMap(clientProblems), ...userProblems];
}

function clientProblems(client: RealmClient): string[] {
  const problems: string[] = [];
  const refuse = (problem: string) => problems.push(`client ${client.clientId}: ${problem}`);
  if (client.implicitFlowEnabled) refuse('implicitFlowEnabled is on; use the standard flow');
  if (client.directAccessGrantsEnabled)
    refuse('directAccessGrantsEnabled is on; passwords belong on the login page only');
  if (client.consentRequired) refuse('consentRequired is on; there is no consent page');
  const confidential = !client.publicClient && !client.bearerOnly;
  if (confidential && client.secret === undefined) refuse('it is confidential and has no secret');
  for (const uri of redirectUris(client)) {
    if (uri.includes('*')) refuse(`the redirect URI ${uri} has a wildcard; list every address in full`);
    else if (URL.parse(uri) === null) refuse(`the redirect URI ${uri} is not a full URL`);
  }
  for (const { name, protocolMapper } of client.protocolMappers ?? []) {
    if (!knownMappers.has(protocolMapper))
      refuse(`the mapper "${name}" is a ${protocolMapper}, which is not known here`);
  }
  return problems;
}

/** Where a client may be sent after login and after logout. */
export function redirectUris({ redirectUris = [], attributes }: RealmClient): string[] {
  return [...redirectUris, ...postLogoutRedirectUris(attributes)];
}

/** Keycloak keeps several in one attribute, separated by `##`. */
export function postLogoutRedirectUris(attributes: RealmClient['attributes'] = {}): string[] {
  return (attributes['post.logout.redirect.uris'] ?? '').split('##').filter((uri) => uri !== '');
}
