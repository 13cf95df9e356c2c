import { LRUCache } from 'lru-cache';
import * as oidc from 'openid-client';
import { RefusalError, refusals } from '../http/errors.ts';
import type { TokenVerifier } from '../identity/access-tokens.ts';
import type { IdentityClient } from '../identity/client.ts';
import { epochSeconds, refreshExpiry, type Session } from './session.ts';

/** A token is renewed this long before it ends, so that it does not end on the way. */
const MARGIN_SECONDS = 30;
/** Requests that a page sends together share one renewal, and those that come just after use its result. */
const SHARED_MS = 30_000;

/** The session with an access token that is good now; `null` when the identity service has ended it. */
export type Refresh = (session: Session) => Promise<Session | null>;

export type RefreshTools = { identity: IdentityClient; verifyToken: TokenVerifier; idleSeconds: number };

export function createRefresh(tools: RefreshTools): Refresh {
  const shared = new LRUCache<string, Promise<Session | null>>({ max: 10_000, ttl: SHARED_MS });
  return async (session) => {
    if (session.accessTokenExpiresAt - epochSeconds() > MARGIN_SECONDS) return session;
    const key = `${session.id} ${session.accessTokenExpiresAt}`;
    const running = shared.get(key) ?? renew(tools, session);
    shared.set(key, running);
    running.catch(() => shared.delete(key));
    return running;
  };
}

async function renew(
  { identity, verifyToken, idleSeconds }: RefreshTools,
  session: Session,
): Promise<Session | null> {
  try {
    const tokens = await oidc.refreshTokenGrant(await identity(), session.refreshToken);
    const claims = await verifyToken(tokens.access_token);
    if (claims.sub !== session.subject) return null;
    return {
      ...session,
      identityExpiresAt: refreshExpiry(tokens, idleSeconds),
      accessToken: tokens.access_token,
      accessTokenExpiresAt: claims.exp ?? 0,
      refreshToken: tokens.refresh_token ?? session.refreshToken,
      idToken: tokens.id_token ?? session.idToken,
    };
  } catch (cause) {
    if (cause instanceof oidc.ResponseBodyError && cause.error === 'invalid_grant') return null;
    // Not reachable just now: the token at hand serves as long as it lasts.
    if (session.accessTokenExpiresAt > epochSeconds()) return session;
    throw new RefusalError(refusals.identityDown, { cause });
  }
}
