import type { Database } from '@fineract-gitops/db';
import type { FastifyBaseLogger } from 'fastify';
import { Provider } from 'oidc-provider';
import { type AccessTokenReader, createAccessTokenReader, introspectAccessTokens } from './access-tokens.ts';
import { keepSessionOnRefresh } from './activity.ts';
import { type ProviderSettings, providerConfiguration } from './configuration.ts';
import { endSessionAtOnce } from './session-end.ts';

export { mountProvider } from './mount.ts';
export { userinfoRoutes } from './userinfo.ts';

/** The OpenID provider of one realm, and the reader of its access tokens. */
export function createProvider(
  settings: ProviderSettings & { database: Database },
  log: FastifyBaseLogger,
): { provider: Provider; readAccessToken: AccessTokenReader } {
  const { issuer, realm, database, signingKeys } = settings;
  const provider = new Provider(issuer, providerConfiguration(settings));
  const readAccessToken = createAccessTokenReader(database, issuer, signingKeys);
  // The mount sets the forwarding headers itself, from the issuer.
  provider.proxy = true;
  provider.use(introspectAccessTokens(readAccessToken) as never);
  provider.use(keepSessionOnRefresh(database, realm) as never);
  provider.use(endSessionAtOnce(`${new URL(issuer).pathname}/`) as never);
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'a protocol request failed'));
  provider.on('backchannel.error', (_ctx, error, client) =>
    log.warn({ err: error, clientId: client.clientId }, 'a client could not be told of a logout'),
  );
  return { provider, readAccessToken };
}
