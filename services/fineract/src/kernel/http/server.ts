/** Builds the HTTP server of an instance, without listening: tests inject requests into it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { httpServerOptions, telemetryPlugin } from '@fineract-gitops/telemetry';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';
import { instanceName } from '../instance-mode.ts';
import type { Resources } from '../resources.ts';
import type { Route } from '../route-table.ts';
import { actuatorPlugin } from './actuator.ts';
import { apiPlugin } from './api.ts';
import { handleError } from './error-handler.ts';
import { loginPlugin } from './login.ts';
import type { Entry } from './request-context.ts';

export interface ServerOptions {
  readonly resources: Resources;
  readonly entry: Entry;
  readonly routes: readonly Route[];
  readonly version: string;
  readonly revision: string;
  /** Says in a response header which instance answered. */
  readonly testHeaders: boolean;
}

const FINERACT_BASE = '/fineract-provider/api';
const PUBLIC_BASE = '/api';

const BODY_LIMIT_BYTES = 1_048_576;

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { resources, entry, routes } = options;
  const server = Fastify({
    ...httpServerOptions(resources.logger),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
  });
  // Declared schemas are for the document; the command pipeline reads bodies, with Fineract's codes.
  server.setValidatorCompiler(() => () => true);
  server.setErrorHandler<FastifyError>(handleError);
  server.setNotFoundHandler((request, reply) => {
    handleError(
      new ApiError(404, 'error.msg.resource.not.found', 'There is no such operation.'),
      request,
      reply,
    );
  });
  if (options.testHeaders) {
    const name = instanceName(entry.modes);
    server.addHook('onSend', async (_request, reply) => void reply.header('x-fineract-instance', name));
  }
  await server.register(telemetryPlugin, {
    service: 'fineract',
    metricsPaths: ['/metrics', '/fineract-provider/actuator/prometheus'],
    quietRoutes: ['/actuator', '/fineract-provider/actuator'],
  });
  await registerDocument(server, options.version);
  for (const prefix of ['/actuator', '/fineract-provider/actuator']) {
    await server.register(actuatorPlugin, { ...options, tenants: entry.tenants, prefix });
  }
  for (const base of [FINERACT_BASE, PUBLIC_BASE]) {
    const shared = { resources, entry, announcesCreation: base === PUBLIC_BASE };
    for (const version of ['v1', 'v2']) {
      const ofVersion = routes.filter((route) => route.version === version);
      await server.register(apiPlugin, { ...shared, routes: ofVersion, prefix: `${base}/${version}` });
    }
    await server.register(loginPlugin, { ...shared, routes, prefix: `${base}/v1` });
  }
  return server;
}

async function registerDocument(server: FastifyInstance, version: string): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Core banking API', description: "Apache Fineract's REST API.", version },
      components: {
        securitySchemes: {
          basic: { type: 'http', scheme: 'basic' },
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          tenant: { type: 'apiKey', in: 'header', name: 'Fineract-Platform-TenantId' },
        },
      },
      security: [
        { basic: [], tenant: [] },
        { bearer: [], tenant: [] },
      ],
    },
  });
  const document = '/fineract-provider/openapi.json';
  server.get(document, { schema: { hide: true } as object }, async () => server.swagger());
  await server.register(swaggerUi, { routePrefix: '/fineract-provider/swagger-ui', staticCSP: true });
}
