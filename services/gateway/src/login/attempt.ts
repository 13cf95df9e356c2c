import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Seal } from '../sessions/seal.ts';
import { CALLBACK_PATH } from './tools.ts';

const ATTEMPT_TTL_SECONDS = 1800;
const PURPOSE = 'login';

/** What the browser that began a login must bring back with the answer. */
export type LoginAttempt = { state: string; nonce: string; codeVerifier: string; returnTo: string };

/**
 * Keeps a login attempt in a cookie of its own, named after its state, so that logins begun in several tabs do not
 * disturb each other and an answer opens only in the browser that asked.
 */
export async function rememberAttempt(
  seal: Seal,
  reply: FastifyReply,
  attempt: LoginAttempt,
  secure: boolean,
): Promise<void> {
  const value = await seal.close(PURPOSE, attempt, ATTEMPT_TTL_SECONDS);
  reply.setCookie(nameOf(attempt.state), value, {
    path: CALLBACK_PATH,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: ATTEMPT_TTL_SECONDS,
  });
}

/** The attempt that an answer belongs to; it is used up. */
export async function takeAttempt(
  seal: Seal,
  request: FastifyRequest,
  reply: FastifyReply,
  state: unknown,
): Promise<LoginAttempt | null> {
  if (typeof state !== 'string') return null;
  const cookie = request.cookies[nameOf(state)];
  if (cookie === undefined) return null;
  reply.clearCookie(nameOf(state), { path: CALLBACK_PATH });
  const attempt = await seal.open<LoginAttempt>(PURPOSE, cookie);
  return attempt?.state === state ? attempt : null;
}

function nameOf(state: string): string {
  return `fineract_login_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`;
}
