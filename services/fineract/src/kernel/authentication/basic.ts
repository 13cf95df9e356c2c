/**
 * HTTP Basic: Fineract's clients send name and password on every call. A password that was right is remembered for a
 * minute by a salted hash, for the slow password hash cannot run on every request; wrong ones are counted per name.
 */
import { hash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ApiError, notAuthenticated } from '../errors.ts';
import type { Resources } from '../resources.ts';
import type { Tenant } from '../tenants.ts';
import type { AuthenticatedUser } from '../user.ts';
import { loadUser } from './load-user.ts';
import { decoyHash, verifyPassword } from './password.ts';

const REMEMBERED_MS = 60_000;
const FAILURES_MAX = 10;
const FAILURE_WINDOW_MS = 60_000;

export interface BasicAuthenticator {
  /** @throws ApiError 401 for a wrong name or password, 429 after too many wrong ones */
  authenticate(tenant: Tenant, username: string, password: string): Promise<AuthenticatedUser>;
}

export function createBasicAuthenticator(resources: Resources): BasicAuthenticator {
  const salt = randomBytes(32).toString('base64');
  const remembered = new LRUCache<string, true>({ max: 10_000, ttl: REMEMBERED_MS });
  const failures = new LRUCache<string, number>({ max: 50_000, ttl: FAILURE_WINDOW_MS, noUpdateTTL: true });
  // Checked when a name is unknown, so that both answers take the same time.
  const decoy = decoyHash();

  return {
    async authenticate(tenant, username, password) {
      const name = `${tenant.identifier}\n${username}`;
      if ((failures.get(name) ?? 0) >= FAILURES_MAX) throw tooManyFailures();
      const found = await resources.memory.user(tenant, username, () => loadUser(tenant.db, username));
      // The hash belongs to what is remembered: a changed password ends it.
      const proof = hash('sha256', `${salt}\n${name}\n${password}\n${found?.passwordHash}`, 'base64');
      if (found && remembered.has(proof)) return found.user;
      const right = await verifyPassword(password, found?.passwordHash ?? decoy);
      if (!found?.passwordHash || !right) {
        failures.set(name, (failures.get(name) ?? 0) + 1);
        throw notAuthenticated();
      }
      remembered.set(proof, true);
      return found.user;
    },
  };
}

function tooManyFailures(): ApiError {
  return new ApiError(
    429,
    'error.msg.too.many.failed.logins',
    'Too many failed logins for this user. Try again in a minute.',
  );
}

/** Name and password of an Authorization header; `null` when it is not a well-formed Basic one. */
export function parseBasic(header: string): { username: string; password: string } | null {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header.trim());
  if (!match?.[1]) return null;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
