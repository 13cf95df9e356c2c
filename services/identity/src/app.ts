import { type Database, sql } from '@fineract-gitops/db';
import { httpServerOptions, type Logger, telemetryPlugin } from '@fineract-gitops/telemetry';
import Fastify, { type FastifyInstance } from 'fastify';
import { adminRoutes } from './admin/index.ts';
import { handleErrors } from './errors.ts';
import { loginRoutes } from './login/index.ts';
import { createProvider, mountProvider, userinfoRoutes } from './provider/index.ts';
import type { Realm } from './realm/schema.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { deleteExpiredRecords } from './store/adapter.ts';
import { loadCookieKey, loadSigningKeys } from './store/keys.ts';
import { deleteStaleFailures } from './store/login-failures.ts';
import { importUsers } from './store/users.ts';

const CLEANUP_INTERVAL_MS = 60_000;

export type IdentityOptions = { realm: Realm; issuer: string; database: Database; logger: Logger };

/** The identity service on a migrated database, ready to listen. Takes the realm's new users over. */
export async function buildIdentity({
  realm,
  issuer,
  database,
  logger,
}: IdentityOptions): Promise<FastifyInstance> {
  if (new URL(issuer).pathname !== `/realms/${realm.realm}`) {
    throw new Error(`IDENTITY_ISSUER must end with /realms/${realm.realm}, the realm of the realm file`);
  }
  const added = await importUsers(database, realm);
  if (added > 0) logger.info({ added }, 'took users over from the realm file');
  const server = Fastify({ ...httpServerOptions(logger), bodyLimit: 65_536 });
  await server.register(telemetryPlugin, { service: 'identity', quietRoutes: ['/health'] });
  addSecurityHeaders(server, { realm, issuer });
  handleErrors(server);
  const signingKeys = await loadSigningKeys(database);
  const cookieKey = await loadCookieKey(database);
  const { provider, readAccessToken } = createProvider(
    { realm, issuer, database, signingKeys, cookieKey },
    server.log,
  );
  await server.register(mountProvider, { provider, issuer });
  await server.register(userinfoRoutes, { database, issuer, readAccessToken });
  await server.register(loginRoutes, { provider, database, realm, issuer });
  await server.register(adminRoutes, { database, realm, issuer, readAccessToken });
  addHealth(server, database);
  addCleanup(server, database, realm);
  return server;
}

function addHealth(server: FastifyInstance, database: Database): void {
  server.get('/health/live', async () => ({ status: 'UP' }));
  server.get('/health/ready', async (request, reply) => {
    try {
      await database.row(sql`select 1 as ready`);
      return { status: 'UP' };
    } catch (error) {
      request.log.warn({ err: error }, 'the database does not answer');
      return reply.code(503).send({ status: 'DOWN', reason: 'the database does not answer' });
    }
  });
}

function addCleanup(server: FastifyInstance, database: Database, realm: Realm): void {
  const clean = async () => {
    await deleteExpiredRecords(database);
    await deleteStaleFailures(database, realm);
  };
  const timer = setInterval(() => {
    clean().catch((error) => server.log.warn({ err: error }, 'could not remove expired records'));
  }, CLEANUP_INTERVAL_MS).unref();
  server.addHook('onClose', async () => clearInterval(timer));
}
