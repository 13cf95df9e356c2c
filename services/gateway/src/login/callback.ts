import { counter } from '@fineract-gitops/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { RefusalError, refusals } from '../http/errors.ts';
import { sendPage } from '../http/page.ts';
import { refreshExpiry, type Session } from '../sessions/session.ts';
import { type LoginAttempt, takeAttempt } from './attempt.ts';
import { CALLBACK_PATH, type LoginTools } from './tools.ts';

const logins = counter({
  name: 'gateway_logins_total',
  help: 'Logins that came back from the identity service, by outcome',
  labelNames: ['outcome'],
});

/** `GET /auth/callback`: takes the identity service's answer and begins the session. */
export async function callbackRoutes(server: FastifyInstance, tools: LoginTools): Promise<void> {
  server.get<{ Querystring: { state?: unknown } }>(CALLBACK_PATH, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const attempt = await takeAttempt(tools.seal, request, reply, request.query.state);
    if (attempt === null) return showFailure(request, reply, 'expired');
    try {
      const session = await exchange(tools, request, attempt);
      await tools.sessions.begin(request, reply, session);
    } catch (error) {
      if (error instanceof RefusalError && error.refusal.statusCode >= 500) throw error;
      request.log.warn({ err: error }, 'a login was not accepted');
      return showFailure(request, reply, 'refused');
    }
    logins.inc({ outcome: 'success' });
    request.log.info({ event: 'login' }, 'signed in');
    return reply.redirect(attempt.returnTo, 302);
  });
}

/** Trades the code for tokens and checks all of them: state, nonce, PKCE, signatures, issuer, audience, client. */
async function exchange(
  { config, identity, verifyToken }: LoginTools,
  request: FastifyRequest,
  attempt: LoginAttempt,
): Promise<Omit<Session, 'id' | 'lastSeenAt'>> {
  const tokens = await oidc
    .authorizationCodeGrant(await identity(), new URL(request.url, config.publicOrigin), {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    })
    .catch((error: unknown) => {
      throw isUnreachable(error) ? new RefusalError(refusals.identityDown, { cause: error }) : error;
    });
  const claims = await verifyToken(tokens.access_token);
  const identityClaims = tokens.claims();
  if (claims['azp'] !== config.oidc.clientId) throw new Error('the access token was made for another client');
  if (claims.sub !== identityClaims?.sub) throw new Error('the tokens speak for different users');
  return {
    username: String(claims['preferred_username']),
    sid: String(claims['sid'] ?? identityClaims?.['sid'] ?? ''),
    subject: String(claims.sub),
    accessToken: tokens.access_token,
    accessTokenExpiresAt: claims.exp ?? 0,
    refreshToken: tokens.refresh_token ?? '',
    identityExpiresAt: refreshExpiry(tokens, config.sessionIdleSeconds),
    idToken: tokens.id_token ?? '',
  };
}

function isUnreachable(error: unknown): boolean {
  const causes = [error, (error as { cause?: unknown }).cause];
  return causes.some(
    (each) => each instanceof TypeError || (each as { name?: string } | null)?.name === 'TimeoutError',
  );
}

const failures = {
  expired: {
    title: 'This sign-in has expired',
    text: 'It took too long, was already used, or was started in another browser.',
  },
  refused: {
    title: 'Signing in did not work',
    text: 'The sign-in service did not confirm who you are.',
  },
};

function showFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: keyof typeof failures,
): FastifyReply {
  logins.inc({ outcome });
  request.log.warn({ event: 'login', outcome }, 'sign-in failed');
  return sendPage(reply, {
    statusCode: 400,
    ...failures[outcome],
    action: { label: 'Sign in again', href: '/auth/login' },
  });
}
