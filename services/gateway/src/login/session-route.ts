import type { FastifyInstance } from 'fastify';
import type { LoginTools } from './tools.ts';

/** `GET /session`: who is signed in and until when, for the console. Asking does not count as activity. */
export async function sessionRoutes(
  server: FastifyInstance,
  { config, sessions }: LoginTools,
): Promise<void> {
  server.get('/session', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const session = await sessions.look(request);
    if (session === null) return { authenticated: false };
    const endsAt = Math.min(session.lastSeenAt + config.sessionIdleSeconds, session.identityExpiresAt);
    const expiresAt = new Date(endsAt * 1000).toISOString();
    return { authenticated: true, username: session.username, expiresAt };
  });
}
