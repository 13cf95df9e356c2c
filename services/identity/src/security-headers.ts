import type { FastifyInstance } from 'fastify';
import { styleHash } from './pages/style.ts';
import type { Realm } from './realm/schema.ts';
import { redirectUris } from './realm/unsupported.ts';

/**
 * Headers of every answer. Pages run no script and load nothing; their forms go to this service, which redirects to the
 * clients (browsers hold `form-action` against the whole chain of redirects).
 */
export function addSecurityHeaders(
  server: FastifyInstance,
  { realm, issuer }: { realm: Realm; issuer: string },
): void {
  const clients = new Set(realm.clients.flatMap(redirectUris).map((uri) => new URL(uri).origin));
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${styleHash}`,
      `form-action 'self' ${[...clients].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(issuer.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
}
