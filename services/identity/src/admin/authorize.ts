import type { preValidationAsyncHookHandler } from 'fastify';
import type { AccessTokenReader } from '../provider/access-tokens.ts';

export type AdminRole = 'view-users' | 'manage-users';

/**
 * Lets a request through whose access token carries a role of Keycloak's `realm-management` client; managing includes
 * viewing.
 */
export function requireRole(
  readAccessToken: AccessTokenReader,
  role: AdminRole,
): preValidationAsyncHookHandler {
  return async (request, reply) => {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    const claims = token === undefined ? null : await readAccessToken(token);
    if (claims === null) {
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'HTTP 401 Unauthorized' });
    }
    const access = claims['resource_access'] as Record<string, { roles: string[] }> | undefined;
    const roles = access?.['realm-management']?.roles ?? [];
    if (roles.includes(role) || roles.includes('manage-users')) return;
    request.log.warn({ event: 'admin', role }, 'admin access refused');
    return reply.code(403).send({ error: 'HTTP 403 Forbidden' });
  };
}
