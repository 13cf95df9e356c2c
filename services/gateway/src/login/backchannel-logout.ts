import type { FastifyInstance } from 'fastify';
import { type JWTPayload, jwtVerify } from 'jose';
import { refusalFor, signingAlgorithms } from '../identity/access-tokens.ts';
import type { LoginTools } from './tools.ts';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** `POST /auth/backchannel-logout`: the identity service says that a login has ended (OpenID Connect Back-Channel Logout). */
export async function backchannelLogoutRoutes(server: FastifyInstance, tools: LoginTools): Promise<void> {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_request, text, done) => done(null, new URLSearchParams(String(text)).getAll('logout_token')),
  );
  server.post<{ Body: string[] }>('/auth/backchannel-logout', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const sid = await readLogoutToken(tools, request.body ?? []);
    if (sid === null) return reply.code(400).send({ error: 'invalid_request' });
    await tools.sessions.endBySid(sid);
    request.log.info({ event: 'logout' }, 'signed out by the identity service');
    return reply.code(200).send();
  });
}

async function readLogoutToken(
  { config, keys }: LoginTools,
  [token, ...more]: string[],
): Promise<string | null> {
  if (token === undefined || more.length > 0) return null;
  const { issuer, clientId: audience } = config.oidc;
  const options = {
    issuer,
    audience,
    algorithms: signingAlgorithms,
    maxTokenAge: '5 minutes',
    requiredClaims: ['jti', 'sid'],
  };
  try {
    const { payload } = await jwtVerify(token, keys, options);
    return isLogout(payload) ? String(payload['sid']) : null;
  } catch (error) {
    const refusal = refusalFor(error);
    if (refusal.refusal.statusCode >= 500) throw refusal;
    return null;
  }
}

// An ID token has a nonce and no event: it must not pass for a logout token.
function isLogout({ events, nonce }: JWTPayload): boolean {
  return typeof events === 'object' && events !== null && LOGOUT_EVENT in events && nonce === undefined;
}
