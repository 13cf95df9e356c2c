import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { type Refusal, RefusalError, refusals, sendRefusal } from '../http/errors.ts';
import { isSafe, isSameOrigin } from '../http/same-origin.ts';
import type { TokenVerifier } from '../identity/access-tokens.ts';
import type { SessionManager } from '../sessions/manager.ts';

/** What a request may carry to the core, and where it came from. */
export type Credentials = {
  kind: 'bearer' | 'basic' | 'session' | 'none';
  authorization: string | undefined;
};

/** Settles who calls; answers the request itself and gives `null` when nobody may. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Credentials | null>;

export type AuthenticateTools = { config: Config; verifyToken: TokenVerifier; sessions: SessionManager };

type Way = (
  tools: AuthenticateTools,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<Credentials | null>;

/** The ways to be somebody, in order; the first that applies decides. An explicit header goes before a cookie. */
const ways: readonly Way[] = [openRoute, authorizationHeader, sessionCookie];

export function createAuthenticate(tools: AuthenticateTools): Authenticate {
  return async (request, reply) => {
    try {
      for (const way of ways) {
        const credentials = await way(tools, request, reply);
        if (credentials !== null) return credentials;
      }
      return refuse(request, reply, refusals.notAuthenticated);
    } catch (error) {
      if (error instanceof RefusalError) return refuse(request, reply, error.refusal);
      throw error;
    }
  };
}

const nobody: Credentials = { kind: 'none', authorization: undefined };
const openPaths = /^\/fineract-provider\/actuator\/(health(\/(liveness|readiness))?|info)$/;
const loginPath = /^(\/fineract-provider)?\/api\/v1\/authentication\/?$/;

// Decided by method and decoded path alone: a query, a header or a user agent opens nothing.
async function openRoute(
  { config }: AuthenticateTools,
  request: FastifyRequest,
): Promise<Credentials | null> {
  const { method, decodedPath } = request;
  if (isSafe(method) && openPaths.test(decodedPath)) return nobody;
  // A CORS preflight carries no credentials; the core answers it.
  if (method === 'OPTIONS') return nobody;
  if (method !== 'POST' || !loginPath.test(decodedPath)) return null;
  if (!config.basicAuthEnabled) throw new RefusalError(refusals.basicDisabled);
  return nobody;
}

async function authorizationHeader(
  { config, verifyToken }: AuthenticateTools,
  request: FastifyRequest,
): Promise<Credentials | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const [, scheme = '', value = ''] = /^([A-Za-z]+) ([\w.~+/-]+=*)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'basic') {
    if (!config.basicAuthEnabled) throw new RefusalError(refusals.basicDisabled);
    return { kind: 'basic', authorization: `Basic ${value}` };
  }
  if (scheme.toLowerCase() !== 'bearer') throw new RefusalError(refusals.badToken);
  await verifyToken(value);
  return { kind: 'bearer', authorization: `Bearer ${value}` };
}

async function sessionCookie(
  { config, sessions, verifyToken }: AuthenticateTools,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Credentials | null> {
  if (!sessions.hasCookie(request)) return null;
  if (!isSafe(request.method) && !isSameOrigin(request.headers, config.publicOrigin)) {
    throw new RefusalError(refusals.crossSite);
  }
  const session = await sessions.use(request, reply);
  if (session === null) return null;
  await verifyToken(session.accessToken);
  return { kind: 'session', authorization: `Bearer ${session.accessToken}` };
}

/** People are sent to sign in, programs are told. */
function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): null {
  const { statusCode, code } = refusal;
  request.log.warn({ event: 'access', statusCode, code }, 'access refused');
  if (statusCode === 401 && isNavigation(request)) {
    reply.redirect(`/auth/login?${new URLSearchParams({ returnTo: request.url })}`, 302);
  } else {
    sendRefusal(reply, refusal);
  }
  return null;
}

/** A person opening a page, as against a program or a script of a page. */
export function isNavigation({ method, headers }: FastifyRequest): boolean {
  if (method !== 'GET') return false;
  const mode = headers['sec-fetch-mode'];
  const wantsPage = headers.accept?.includes('text/html') ?? false;
  return mode === undefined
    ? wantsPage && headers['x-requested-with'] === undefined
    : mode === 'navigate' && wantsPage;
}
