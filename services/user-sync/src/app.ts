import { createHash, timingSafeEqual } from 'node:crypto';
import { counter, httpServerOptions, type Logger, telemetryPlugin } from '@fineract-gitops/telemetry';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type preValidationAsyncHookHandler,
} from 'fastify';
import { type ReconcileRequest, reconcileSchema, type UserChange, userChangeSchema } from './bodies.ts';
import type { Config } from './config.ts';
import { inLine } from './in-line.ts';
import { createAccounts } from './keycloak/accounts.ts';
import { createKeycloakClient, KeycloakAway, KeycloakRefusal } from './keycloak/client.ts';
import { reconcile } from './reconcile.ts';
import { synchronise } from './synchronise.ts';

/** A bank's whole list of users. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;

const changesTotal = counter({
  name: 'user_sync_changes_total',
  help: 'Users brought to Keycloak, by what became of them',
  labelNames: ['outcome'],
});
const passwordsTotal = counter({
  name: 'user_sync_passwords_total',
  help: 'Passwords that Keycloak took',
});

/** User sync, ready to listen. It starts without Keycloak being there, and is ready when Keycloak lets it in. */
export async function buildUserSync(config: Config, logger: Logger): Promise<FastifyInstance> {
  const accounts = createAccounts(createKeycloakClient(config.keycloak));
  const server = Fastify({
    ...httpServerOptions(logger),
    bodyLimit: BODY_BYTES_MAX,
    // A connection whose request is under way when we are stopped holds the stop up no longer than this.
    keepAliveTimeout: 1_000,
  });
  await server.register(telemetryPlugin, { service: 'user-sync', quietRoutes: ['/healthz'] });
  handleErrors(server);
  const guard = { preValidation: requireToken(config.token) };
  // One change at a time: two that meet at one account could undo each other's halves.
  const line = inLine();

  server.get('/healthz/live', async () => ({ status: 'UP' }));
  server.get('/healthz/ready', async () => {
    await accounts.count();
    return { status: 'UP' };
  });
  server.post<{ Body: UserChange }>(
    '/users',
    { ...guard, schema: { body: userChangeSchema } },
    async ({ body, log }) => {
      const result = await line(() => synchronise(accounts, body));
      changesTotal.inc({ outcome: result.outcome });
      if (result.passwordSet) passwordsTotal.inc();
      const { userId, eventId } = body;
      log.info({ userId, eventId, outcome: result.outcome, changes: result.changes }, 'user synchronised');
      return result;
    },
  );
  server.post<{ Body: ReconcileRequest }>(
    '/reconcile',
    { ...guard, schema: { body: reconcileSchema } },
    async ({ body, log }) => {
      const drift = await line(() => reconcile(accounts, body));
      const { applied, inStep, users, refused, formerNames, unknown } = drift;
      for (const { outcome } of applied ? users : []) changesTotal.inc({ outcome });
      const counts = { users: users.length, refused: refused.length, formerNames: formerNames.length };
      log.info({ applied, inStep, ...counts, unknown: unknown.length }, 'reconciled');
      return drift;
    },
  );
  return server;
}

/** Compares hashes, so that the time it takes tells neither the token's length nor its letters. */
function requireToken(token: string): preValidationAsyncHookHandler {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expected = hash(`Bearer ${token}`);
  return async (request, reply) => {
    if (timingSafeEqual(hash(request.headers.authorization ?? ''), expected)) return;
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ error: 'Show the token of USER_SYNC_TOKEN: Authorization: Bearer …' });
  };
}

function handleErrors(server: FastifyInstance): void {
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here' }));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof KeycloakAway) {
      request.log.warn({ err: error }, 'Keycloak cannot be used');
      return reply.code(503).send({ error: error.message });
    }
    if (error instanceof KeycloakRefusal) {
      changesTotal.inc({ outcome: 'refused' });
      return reply.code(422).send({ error: error.message });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: error.message });
    request.log.error({ err: error }, 'request failed');
    return reply.code(500).send({ error: 'Something broke here; the log has it' });
  });
}
