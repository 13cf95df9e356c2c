import type { Database } from '@fineract-gitops/db';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { extendSession } from '../store/sessions.ts';
import { type Lifetimes, sessionExpiry } from './lifetimes.ts';

/** A refresh is activity: it keeps the login session from falling idle, within the session's full length. */
export function keepSessionOnRefresh(database: Database, lifetimes: Lifetimes) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const refreshToken = ctx.oidc?.route === 'token' && ctx.status === 200 && ctx.oidc.entities.RefreshToken;
    if (!refreshToken || refreshToken.sessionUid === undefined || refreshToken.authTime === undefined) return;
    await extendSession(database, refreshToken.sessionUid, sessionExpiry(lifetimes, refreshToken.authTime));
  };
}
