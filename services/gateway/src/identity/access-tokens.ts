import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Config } from '../config.ts';
import { RefusalError, refusals } from '../http/errors.ts';

/** The claims of a genuine access token. @throws RefusalError */
export type TokenVerifier = (token: string) => Promise<JWTPayload>;

/** Asymmetric only: a public key must never be taken for a shared secret. */
export const signingAlgorithms = ['RS256', 'PS256', 'ES256'];

export type KeySource = ReturnType<typeof createRemoteJWKSet>;

/** The issuer's keys, fetched when first needed and again when a token names one that is not among them. */
export function createKeySource({ oidc }: Pick<Config, 'oidc'>): KeySource {
  return createRemoteJWKSet(new URL(oidc.jwksUrl), { timeoutDuration: 5000, cooldownDuration: 10_000 });
}

/**
 * Checks signature, algorithm, issuer, audience and times of every token on every request. Nothing is remembered
 * between requests, so no answer can belong to another token.
 */
export function createTokenVerifier({ oidc }: Pick<Config, 'oidc'>, keys: KeySource): TokenVerifier {
  const options = {
    issuer: oidc.issuer,
    audience: oidc.audience,
    algorithms: signingAlgorithms,
    requiredClaims: ['exp', 'iat', 'sub', 'azp', 'preferred_username'],
    clockTolerance: 5,
  };
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, options);
      // Keycloak says JWT, RFC 9068 at+jwt; other tokens of the same issuer say something else.
      if (/^(at\+)?jwt$/i.test(protectedHeader.typ ?? 'jwt')) return payload;
      throw new RefusalError(refusals.badToken);
    } catch (error) {
      throw refusalFor(error);
    }
  };
}

/** A token that is wrong is the caller's doing; keys that cannot be fetched are not. */
export function refusalFor(error: unknown): RefusalError {
  if (error instanceof RefusalError) return error;
  const unreachable =
    error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || isFetchFailure(error);
  return new RefusalError(unreachable ? refusals.identityDown : refusals.badToken, { cause: error });
}

// The library reports an answer other than 200 as its plain base error.
function isFetchFailure(error: errors.JOSEError): boolean {
  return error.code === 'ERR_JOSE_GENERIC';
}
