import type { FastifyInstance } from 'fastify';
import * as oidc from 'openid-client';
import { safeReturnPath } from '../http/return-path.ts';
import { rememberAttempt } from './attempt.ts';
import { CALLBACK_PATH, type LoginTools } from './tools.ts';

/** `GET /auth/login?returnTo=/path`: sends the browser to the identity service. */
export async function beginRoutes(server: FastifyInstance, tools: LoginTools): Promise<void> {
  const { config, identity, seal } = tools;
  server.get<{ Querystring: { returnTo?: unknown } }>('/auth/login', async (request, reply) => {
    const client = await identity();
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
      returnTo: safeReturnPath(request.query.returnTo, config.publicOrigin),
    };
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri: config.publicOrigin + CALLBACK_PATH,
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    });
    await rememberAttempt(seal, reply, attempt, config.secure);
    return reply.header('cache-control', 'no-store').redirect(url.href, 302);
  });
}
