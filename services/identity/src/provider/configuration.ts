import type { Database } from '@fineract-gitops/db';
import { type Configuration, interactionPolicy, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { logoutPage } from '../pages/logout.ts';
import { messagePage } from '../pages/message.ts';
import { audiencesOf, clientMetadata } from '../realm/clients.ts';
import type { Realm } from '../realm/schema.ts';
import { createAdapterFactory } from '../store/adapter.ts';
import { findServiceAccount } from '../store/users.ts';
import { accessTokenClaims, claimsByScope, findAccount } from './accounts.ts';
import { timeToLive } from './lifetimes.ts';

const SCOPES = ['openid', 'profile', 'email'];
/** The one resource that access tokens are for; their audience comes from the realm. */
const API_RESOURCE = 'urn:fineract:api';

export type ProviderSettings = {
  realm: Realm;
  issuer: string;
  database: Database;
  signingKeys: JWK[];
  cookieKey: string;
};

/** The realm in the words of the protocol library. */
export function providerConfiguration(settings: ProviderSettings): Configuration {
  const { realm, database, signingKeys, cookieKey } = settings;
  const realmPath = `/realms/${realm.realm}`;
  return {
    adapter: createAdapterFactory(database),
    clients: clientMetadata(realm),
    jwks: { keys: signingKeys },
    scopes: SCOPES,
    claims: claimsByScope,
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic'],
    pkce: { required: () => true },
    routes: endpointPaths,
    ttl: timeToLive(realm),
    cookies: {
      keys: [cookieKey],
      names: { session: 'fineract_sso', interaction: 'fineract_login', resume: 'fineract_login_resume' },
      // Cookies do not tell ports apart: on one machine the path keeps these from the gateway.
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: `${realmPath}/` },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    interactions: {
      policy: firstPartyPolicy(),
      url: (_ctx, { uid }) => `${realmPath}/login-actions/authenticate/${uid}`,
    },
    loadExistingGrant: grantOfSession,
    findAccount: (_ctx, id) => findAccount(database, id),
    extraTokenClaims: (_ctx, token) => accessTokenClaims(database, realm, token),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    expiresWithSession: async () => true,
    formats: {
      customizers: {
        jwt: async (_ctx, token, parts) => {
          const audiences = audiencesOf(realm, token.clientId ?? '');
          if (audiences.length > 1) parts.payload['aud'] = audiences;
          if (token.kind !== 'ClientCredentials') return;
          const account = await findServiceAccount(database, token.clientId ?? '');
          if (account !== null) parts.payload['sub'] = account.id;
        },
      },
    },
    fetch: fetchOwnClients(realm),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client) => client.clientAuthMethod !== 'none',
      },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: showLogoutPage,
        postLogoutSuccessSource: showLoggedOut,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => API_RESOURCE,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, _resource, client) => ({
          scope: SCOPES.join(' '),
          audience: audiencesOf(realm, client.clientId)[0] ?? 'account',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = messagePage({
        title: 'Signing in did not work',
        text: out.error_description ?? out.error,
        detail: 'Go back to where you came from and try again. If it happens again, tell your administrator.',
      });
    },
  };
}

const base = '/protocol/openid-connect';

/** Keycloak's addresses below `/realms/<realm>`. */
export const endpointPaths = {
  authorization: `${base}/auth`,
  token: `${base}/token`,
  userinfo: `${base}/userinfo`,
  jwks: `${base}/certs`,
  end_session: `${base}/logout`,
  revocation: `${base}/revoke`,
  introspection: `${base}/token/introspect`,
} as const;

/**
 * The library calls out only to tell clients of a logout, and refuses private addresses lest a stranger's client make it
 * probe the network. Ours have just such addresses, and only the realm file names them: so exactly those are called.
 */
function fetchOwnClients(realm: Realm): NonNullable<Configuration['fetch']> {
  const known = new Set(realm.clients.map(({ attributes }) => attributes?.['backchannel.logout.url']));
  return async (url, { method, headers, body, signal, redirect } = {}) => {
    if (!known.has(String(url))) throw new Error('the realm file does not name this address');
    return fetch(url, { method, headers, body, signal, redirect } as RequestInit);
  };
}

// Every client belongs to the bank, so nobody is asked for consent.
function firstPartyPolicy() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

/** One grant per session and client: a second tab's login must not end the first one's tokens. */
async function grantOfSession({ oidc }: KoaContextWithOIDC) {
  const { provider, client, session } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const knownId = session.grantIdFor(client.clientId);
  const known = knownId === undefined ? undefined : await provider.Grant.find(knownId);
  if (known !== undefined) return known;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES.join(' '));
  grant.addResourceScope(API_RESOURCE, SCOPES.join(' '));
  await grant.save();
  return grant;
}

function showLogoutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.type = 'html';
  ctx.body = logoutPage(form);
}

function showLoggedOut(ctx: KoaContextWithOIDC): void {
  ctx.type = 'html';
  ctx.body = messagePage({ title: 'Signed out', text: 'You are signed out. You can close this page.' });
}
