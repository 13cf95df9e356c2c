import type { ClientMetadata } from 'oidc-provider';
import type { Realm, RealmClient } from './schema.ts';
import { postLogoutRedirectUris } from './unsupported.ts';

/** The realm's clients that ask for tokens, in the words of OpenID Connect's client registration. */
export function clientMetadata(realm: Realm): ClientMetadata[] {
  return realm.clients.filter(({ enabled, bearerOnly }) => enabled !== false && !bearerOnly).map(toMetadata);
}

function toMetadata(client: RealmClient): ClientMetadata {
  const { attributes = {}, redirectUris = [] } = client;
  const backchannelLogoutUri = attributes['backchannel.logout.url'];
  return {
    client_id: client.clientId,
    ...(client.name === undefined ? {} : { client_name: client.name }),
    ...(client.publicClient || client.secret === undefined ? {} : { client_secret: client.secret }),
    ...(client.rootUrl === undefined ? {} : { client_uri: client.rootUrl }),
    token_endpoint_auth_method: client.publicClient ? 'none' : 'client_secret_basic',
    application_type: client.publicClient ? 'native' : 'web',
    grant_types: [
      ...(client.standardFlowEnabled ? ['authorization_code', 'refresh_token'] : []),
      ...(client.serviceAccountsEnabled ? ['client_credentials'] : []),
    ],
    response_types: client.standardFlowEnabled ? ['code'] : [],
    redirect_uris: client.standardFlowEnabled ? redirectUris : [],
    post_logout_redirect_uris: postLogoutRedirectUris(attributes),
    ...(backchannelLogoutUri === undefined
      ? {}
      : {
          backchannel_logout_uri: backchannelLogoutUri,
          backchannel_logout_session_required: attributes['backchannel.logout.session.required'] === 'true',
        }),
    id_token_signed_response_alg: 'RS256',
  };
}

/** The audiences of a client's access tokens: its audience mappers, or what its service account may administer. */
export function audiencesOf(realm: Realm, clientId: string): string[] {
  const client = realm.clients.find((each) => each.clientId === clientId);
  const mapped = (client?.protocolMappers ?? [])
    .filter(
      ({ protocolMapper, config }) =>
        protocolMapper === 'oidc-audience-mapper' && config['access.token.claim'] === 'true',
    )
    .map(({ config }) => config['included.client.audience'] ?? config['included.custom.audience'])
    .filter((audience) => audience !== undefined);
  const account = realm.users?.find(({ serviceAccountClientId }) => serviceAccountClientId === clientId);
  const audiences = [...new Set([...mapped, ...Object.keys(account?.clientRoles ?? {})])];
  // Keycloak's audience when nothing says more.
  return audiences.length > 0 ? audiences : ['account'];
}

/** Claims that a client's mappers fill from user attributes. */
export function attributeClaims(
  realm: Realm,
  clientId: string,
  attributes: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const client = realm.clients.find((each) => each.clientId === clientId);
  const claims: Record<string, string> = {};
  for (const { protocolMapper, config } of client?.protocolMappers ?? []) {
    if (protocolMapper !== 'oidc-usermodel-attribute-mapper' || config['access.token.claim'] !== 'true')
      continue;
    const [value] = attributes[config['user.attribute'] ?? ''] ?? [];
    const name = config['claim.name'];
    if (value !== undefined && name !== undefined) claims[name] = value;
  }
  return claims;
}
