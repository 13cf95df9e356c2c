import type { Database } from '@fineract-gitops/db';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { JWK, KoaContextWithOIDC } from 'oidc-provider';
import { isSessionAlive } from '../store/sessions.ts';

export type AccessTokenReader = (token: string) => Promise<JWTPayload | null>;

/**
 * Reads this realm's own access tokens: the claims of one that is genuine, unexpired and whose login session still
 * lives, else nothing.
 */
export function createAccessTokenReader(
  database: Database,
  issuer: string,
  signingKeys: JWK[],
): AccessTokenReader {
  const publicKeys = signingKeys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use }));
  const keys = createLocalJWKSet({ keys: publicKeys as never });
  return async (token) => {
    const claims = await verify(token, keys, issuer);
    if (claims === null) return null;
    const { sid, azp } = claims;
    if (sid === undefined) return claims;
    return (await isSessionAlive(database, String(azp), String(sid))) ? claims : null;
  };
}

async function verify(
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  issuer: string,
): Promise<JWTPayload | null> {
  try {
    const options = { issuer, algorithms: ['RS256'], typ: 'at+jwt', requiredClaims: ['exp', 'sub', 'azp'] };
    return (await jwtVerify(token, keys, options)).payload;
  } catch {
    return null;
  }
}

/**
 * Introspection of JWT access tokens, which the library leaves to the resource servers and Keycloak answers. The library
 * has authenticated the client before it refuses the token's form.
 */
export function introspectAccessTokens(readAccessToken: AccessTokenReader) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const refusal = ctx.body as { error?: string } | undefined;
    if (ctx.oidc?.route !== 'introspection' || refusal?.error !== 'unsupported_token_type') return;
    const claims = await readAccessToken(String(ctx.oidc.params?.['token']));
    ctx.status = 200;
    ctx.body =
      claims === null
        ? { active: false }
        : { active: true, token_type: 'Bearer', client_id: claims['azp'], ...claims };
  };
}
