import type { Database } from '@fineract-gitops/db';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { extendSession } from '../store/sessions.ts';
import { epochSeconds, type Lifetimes, sessionExpiry } from './lifetimes.ts';

/**
 * A refresh is activity: it keeps the login session from falling idle, within the session's full length. The answer says
 * how long the refresh token lasts without another, as Keycloak's does.
 */
export function keepSessionOnRefresh(database: Database, lifetimes: Lifetimes) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (ctx.oidc?.route !== 'token' || ctx.status !== 200) return;
    const { sessionUid, authTime } = ctx.oidc.entities.RefreshToken ?? {};
    if (sessionUid === undefined || authTime === undefined) return;
    const expiresAt = sessionExpiry(lifetimes, authTime);
    await extendSession(database, sessionUid, expiresAt);
    Object.assign(ctx.body as object, { refresh_expires_in: expiresAt - epochSeconds() });
  };
}
