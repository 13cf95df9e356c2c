import cookie from '@fastify/cookie';
import { httpServerOptions, type Logger, telemetryPlugin } from '@fineract-gitops/telemetry';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { consoleRoutes } from './console.ts';
import { type Refusal, RefusalError, refusals, sendRefusal } from './http/errors.ts';
import { sendPage } from './http/page.ts';
import { readRequestPath } from './http/request-path.ts';
import { addSecurityHeaders } from './http/security-headers.ts';
import { createKeySource, createTokenVerifier } from './identity/access-tokens.ts';
import { createIdentityClient } from './identity/client.ts';
import { loginRoutes } from './login/index.ts';
import { createAuthenticate, isNavigation } from './proxy/authenticate.ts';
import { proxyRoutes } from './proxy/index.ts';
import { createCookieStore } from './sessions/cookie-store.ts';
import { createSessionCookie } from './sessions/cookies.ts';
import { createSessionManager } from './sessions/manager.ts';
import { createOutageStore } from './sessions/outage-store.ts';
import { createRefresh } from './sessions/refresh.ts';
import { createSeal } from './sessions/seal.ts';
import type { SessionStore } from './sessions/store.ts';

/** Sessions may take several cookies, and on one machine the cookies of other ports come along. */
const HEADER_BYTES_MAX = 32_768;

declare module 'fastify' {
  interface FastifyRequest {
    /** The path as every decision reads it. */
    decodedPath: string;
  }
}

/** The gateway, ready to listen. It starts without the core, the identity service and Redis being there. */
export async function buildGateway(config: Config, logger: Logger): Promise<FastifyInstance> {
  const server = Fastify({
    ...httpServerOptions(logger),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    http: { maxHeaderSize: HEADER_BYTES_MAX },
    requestTimeout: 300_000,
    exposeHeadRoutes: false,
  });
  await server.register(telemetryPlugin, { service: 'gateway', quietRoutes: ['/healthz'] });
  addSecurityHeaders(server, config);
  checkTargets(server, config);
  handleErrors(server);
  await server.register(cookie);

  const seal = createSeal(config.sessionSecret);
  const store = await createStore(config, logger);
  server.addHook('onClose', () => store.close());
  const identity = createIdentityClient(config);
  const keys = createKeySource(config);
  const verifyToken = createTokenVerifier(config, keys);
  const sessions = createSessionManager({
    store,
    cookie: createSessionCookie(config),
    refresh: createRefresh({ identity, verifyToken, idleSeconds: config.sessionIdleSeconds }),
    idleSeconds: config.sessionIdleSeconds,
  });
  addHealth(server, store);
  await server.register(loginRoutes, { config, identity, keys, verifyToken, sessions, seal });
  await server.register(proxyRoutes, {
    config,
    authenticate: createAuthenticate({ config, verifyToken, sessions }),
  });
  await server.register(consoleRoutes, { config, sessions });
  return server;
}

async function createStore(
  { redisUrl, sessionSecret, sessionIdleSeconds }: Config,
  logger: Logger,
): Promise<SessionStore> {
  const seal = createSeal(sessionSecret);
  const cookies = createCookieStore(seal, sessionIdleSeconds);
  if (redisUrl === undefined) return cookies;
  // A gateway without Redis does without its client too: 15 MB.
  const { createRedisStore } = await import('./sessions/redis-store.ts');
  const redis = createRedisStore(redisUrl, seal, sessionIdleSeconds, logger);
  return createOutageStore(redis, cookies, sessionIdleSeconds);
}

/** Refuses what another server could read differently, before any route or permission is chosen. */
function checkTargets(server: FastifyInstance, { publicOrigin, secure }: Config): void {
  server.decorateRequest('decodedPath', '');
  server.addHook('onRequest', async (request, reply) => {
    const path = readRequestPath(request.raw.url ?? '');
    if (path === null) return sendRefusal(reply, refusals.badPath);
    if (request.headers.upgrade !== undefined) return sendRefusal(reply, refusals.upgrade);
    // Metrics are for the cluster's inside; on one machine both are the same address.
    if (path === '/metrics' && secure && request.host === new URL(publicOrigin).host) {
      return sendRefusal(reply, refusals.notFound);
    }
    request.decodedPath = path;
  });
}

function addHealth(server: FastifyInstance, store: SessionStore): void {
  server.get('/healthz/live', async () => ({ status: 'UP' }));
  // Without sessions the API still serves bearer tokens, so the gateway stays in service and says what is missing.
  server.get('/healthz/ready', async () => ({
    status: 'UP',
    sessions: (await store.isReady()) ? 'UP' : 'DOWN',
  }));
}

function handleErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.statusCode >= 500) request.log.error({ err: error }, 'request failed');
    if (!isNavigation(request)) return sendRefusal(reply, refusal);
    const { statusCode, message: text } = refusal;
    const action = { label: 'Try again', href: '/' };
    return sendPage(reply, { statusCode, title: 'This did not work', text, action });
  });
  server.setNotFoundHandler((_request, reply) => sendRefusal(reply, refusals.notFound));
}

/** Nothing of a request gets into an answer, so the framework's own texts stay in the log. */
function refusalOf(error: FastifyError): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  const { statusCode = 500 } = error;
  return statusCode < 500 ? { ...refusals.badRequest, statusCode } : refusals.internal;
}
