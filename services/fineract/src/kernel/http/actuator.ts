/** Spring's actuator paths, which Fineract's probes and the web app's footer read: no login, no tenant. */
import type { FastifyInstance } from 'fastify';
import type { Tenants } from '../tenants.ts';

export interface ActuatorOptions {
  readonly tenants: Tenants;
  readonly version: string;
  readonly revision: string;
}

/** Liveness: the process answers. Readiness: it can reach its database. */
export async function actuatorPlugin(server: FastifyInstance, options: ActuatorOptions): Promise<void> {
  const { tenants, version, revision } = options;
  const ready = async () => {
    try {
      await tenants.ping();
      return true;
    } catch {
      return false;
    }
  };
  const schema = { hide: true } as object;
  server.get('/health/liveness', { schema }, async () => ({ status: 'UP' }));
  server.get('/health/readiness', { schema }, async (_request, reply) => {
    return (await ready()) ? { status: 'UP' } : reply.code(503).send({ status: 'OUT_OF_SERVICE' });
  });
  server.get('/health', { schema }, async (_request, reply) => {
    const groups = ['liveness', 'readiness'];
    return (await ready()) ? { status: 'UP', groups } : reply.code(503).send({ status: 'DOWN', groups });
  });
  server.get('/info', { schema }, async () => ({
    build: { name: 'fineract', version },
    // The web app's footer splits the version at "-".
    git: {
      branch: 'main',
      build: { version: `${version}-${revision}` },
      commit: { id: { abbrev: revision } },
    },
  }));
}
