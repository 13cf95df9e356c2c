import type { Database } from '@fineract-gitops/db';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findUser } from '../store/users.ts';
import type { AccessTokenReader } from './access-tokens.ts';
import { userClaims } from './accounts.ts';
import { endpointPaths } from './configuration.ts';

/** Who an access token speaks for. The library answers this only for opaque tokens; ours are JWTs, as Keycloak's. */
export async function userinfoRoutes(
  server: FastifyInstance,
  options: { database: Database; issuer: string; readAccessToken: AccessTokenReader },
): Promise<void> {
  const { database, issuer, readAccessToken } = options;
  const url = new URL(issuer).pathname + endpointPaths.userinfo;
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    const claims = token === undefined ? null : await readAccessToken(token);
    const user = claims?.sub === undefined ? null : await findUser(database, claims.sub);
    if (user?.enabled) return userClaims(user);
    const error = {
      error: 'invalid_token',
      error_description: 'The access token is missing, not valid or has ended.',
    };
    return reply.code(401).header('www-authenticate', 'Bearer error="invalid_token"').send(error);
  };
  server.get(url, handler);
  server.post(url, handler);
}
