import type { KoaContextWithOIDC, Session } from 'oidc-provider';
import type { Realm } from '../realm/schema.ts';

export type Lifetimes = Pick<
  Realm,
  | 'accessTokenLifespan'
  | 'ssoSessionIdleTimeout'
  | 'ssoSessionMaxLifespan'
  | 'accessCodeLifespan'
  | 'accessCodeLifespanLogin'
>;

/** Epoch seconds, as the protocol counts. */
export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * When a login session ends if nobody uses it from now on: after the idle time, but never later than its full length
 * after the login. Epoch seconds.
 */
export function sessionExpiry(lifetimes: Lifetimes, loggedInAt: number): number {
  return Math.min(
    epochSeconds() + lifetimes.ssoSessionIdleTimeout,
    loggedInAt + lifetimes.ssoSessionMaxLifespan,
  );
}

/** The library's time-to-live settings, in seconds. No token outlives the session it came from. */
export function timeToLive(lifetimes: Lifetimes) {
  const untilSessionEnd = (ctx: KoaContextWithOIDC | undefined) => {
    const { RefreshToken: refreshToken, AuthorizationCode: code } = ctx?.oidc.entities ?? {};
    const loggedInAt = (refreshToken ?? code)?.authTime;
    if (loggedInAt === undefined) return lifetimes.ssoSessionMaxLifespan;
    return Math.max(1, loggedInAt + lifetimes.ssoSessionMaxLifespan - epochSeconds());
  };
  return {
    AccessToken: (ctx: KoaContextWithOIDC) => Math.min(lifetimes.accessTokenLifespan, untilSessionEnd(ctx)),
    IdToken: (ctx: KoaContextWithOIDC) => Math.min(lifetimes.accessTokenLifespan, untilSessionEnd(ctx)),
    ClientCredentials: () => lifetimes.accessTokenLifespan,
    AuthorizationCode: () => lifetimes.accessCodeLifespan,
    // It also dies with its session, which is what ends it when nobody is active.
    RefreshToken: (ctx: KoaContextWithOIDC) => untilSessionEnd(ctx),
    Grant: () => lifetimes.ssoSessionMaxLifespan,
    Interaction: () => lifetimes.accessCodeLifespanLogin,
    Session: (_ctx: KoaContextWithOIDC, session: Session) =>
      Math.max(1, sessionExpiry(lifetimes, session.loginTs ?? epochSeconds()) - epochSeconds()),
  };
}
