/**
 * Bearer tokens: every instance verifies signature, issuer, audience and times itself, with the issuer's published keys.
 * The token names the user; what they may do comes from the bank's own roles.
 */
import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { notAuthenticated, unavailable } from '../errors.ts';
import type { Resources } from '../resources.ts';
import type { Tenant } from '../tenants.ts';
import type { AuthenticatedUser } from '../user.ts';
import { loadUser } from './load-user.ts';

export interface BearerOptions {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly audience: string;
}

export interface BearerAuthenticator {
  /** @throws ApiError 401 for a token that is not valid here, 503 when the issuer's keys cannot be had */
  authenticate(tenant: Tenant, token: string): Promise<AuthenticatedUser>;
}

// Asymmetric signatures only: a public key must never be taken for a shared secret.
const ALGORITHMS = ['RS256', 'PS256', 'ES256'];
const REMEMBERED_MS_MAX = 60_000;
const CLOCK_TOLERANCE_SECONDS = 5;

export function createBearerAuthenticator(resources: Resources, options: BearerOptions): BearerAuthenticator {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: 3_000,
    cooldownDuration: 5_000,
  });
  const verified = new LRUCache<string, JWTPayload>({ max: 10_000, ttl: REMEMBERED_MS_MAX });

  async function verify(token: string): Promise<JWTPayload> {
    // The key is a hash of the whole token: no part of one token can answer for another.
    const key = hash('sha256', token, 'base64');
    const known = verified.get(key);
    if (known && (known.exp ?? 0) * 1000 > Date.now()) return known;
    const { payload } = await jwtVerify(token, keys, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'preferred_username'],
    }).catch((error: unknown) => {
      throw isKeyFailure(error)
        ? unavailable('The login service cannot be reached to verify the token.')
        : notAuthenticated();
    });
    verified.set(key, payload);
    return payload;
  }

  return {
    async authenticate(tenant, token) {
      const payload = await verify(token);
      const username = payload['preferred_username'];
      if (typeof username !== 'string') throw notAuthenticated();
      const found = await resources.memory.user(tenant, username, () => loadUser(tenant.db, username));
      if (!found) throw notAuthenticated();
      return found.user;
    },
  };
}

function isKeyFailure(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  return !(error instanceof errors.JOSEError);
}

/** The token of an Authorization header; `null` when it is not a Bearer one. */
export function parseBearer(header: string): string | null {
  return /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(header.trim())?.[1] ?? null;
}
