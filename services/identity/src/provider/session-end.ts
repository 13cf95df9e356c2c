import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

type Next = () => Promise<void>;

/** A method of the library's client that its types leave out. */
type LogoutReceiver = { backchannelLogout: (accountId: string, sid: string) => Promise<void> };

/**
 * Signs out at once when the request proves itself by an ID token of this session, or when there is no session left, as
 * Keycloak does. The library would show a page first; that page stays for requests that prove nothing.
 */
export function endSessionAtOnce(cookiePath: string) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    await next();
    if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200) return;
    const { session, params, entities } = ctx.oidc;
    const hintedUser = entities.IdTokenHint?.payload['sub'];
    if (session?.accountId !== undefined && session.accountId !== hintedUser) return;
    await endSession(ctx, cookiePath);
    const { post_logout_redirect_uri: target, state } = params as Record<string, string | undefined>;
    ctx.status = 303;
    ctx.redirect(target === undefined ? ctx.oidc.urlFor('end_session_success') : withState(target, state));
  };
}

async function endSession(ctx: KoaContextWithOIDC, cookiePath: string): Promise<void> {
  const { session, provider, cookies } = ctx.oidc;
  if (session === undefined) return;
  const { accountId, authorizations = {} } = session;
  await session.destroy();
  const name = provider.cookieName('session');
  cookies.set(name, null, { path: cookiePath, signed: true, overwrite: true });
  await Promise.all(
    Object.entries(authorizations).map(async ([clientId, { grantId, sid }]) => {
      if (grantId !== undefined) await revokeGrant(provider, grantId);
      const client = await provider.Client.find(clientId);
      if (client?.backchannelLogoutUri === undefined || accountId === undefined) return;
      // A client that cannot be told finds out at its next refresh, which the ended session refuses.
      await (client as unknown as LogoutReceiver).backchannelLogout(accountId, sid ?? '').then(
        () => provider.emit('backchannel.success', ctx, client, accountId, sid ?? ''),
        (error: Error) => provider.emit('backchannel.error', ctx, error, client, accountId, sid ?? ''),
      );
    }),
  );
}

async function revokeGrant(provider: Provider, grantId: string): Promise<void> {
  await provider.RefreshToken.revokeByGrantId(grantId);
  await provider.AuthorizationCode.revokeByGrantId(grantId);
  await (await provider.Grant.find(grantId))?.destroy();
}

function withState(target: string, state: string | undefined): string {
  const url = new URL(target);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
