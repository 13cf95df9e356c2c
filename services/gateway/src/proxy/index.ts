import replyFrom from '@fastify/reply-from';
import { histogram } from '@fineract-gitops/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { type Refusal, refusals, sendRefusal } from '../http/errors.ts';
import type { Authenticate, Credentials } from './authenticate.ts';
import { chooseInstance } from './choose-instance.ts';
import { requestHeaders, responseHeaders } from './headers.ts';

const CONNECT_TIMEOUT_MS = 3000;
/** Documents of Fineract are at most 25 MB or so; the core has limits of its own below this. */
const BODY_BYTES_MAX = 50 * 1024 * 1024;

const durations = histogram({
  name: 'gateway_upstream_request_duration_seconds',
  help: 'Time until the core answered, by instance',
  labelNames: ['upstream', 'status_code'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
});

const apiRoutes = [
  '/api/*',
  '/fineract-provider/api/*',
  '/fineract-provider/actuator/health',
  '/fineract-provider/actuator/health/*',
  '/fineract-provider/actuator/info',
  '/fineract-provider/openapi.json',
  '/fineract-provider/swagger-ui',
  '/fineract-provider/swagger-ui/*',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export type ProxyOptions = { config: Config; authenticate: Authenticate };

/** Carries requests for the core to the instances that serve them. */
export async function proxyRoutes(
  server: FastifyInstance,
  { config, authenticate }: ProxyOptions,
): Promise<void> {
  await server.register(replyFrom, {
    undici: {
      // Certificates are checked; the library's own default for its older option would not.
      connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
      headersTimeout: config.upstreamTimeoutMs,
      bodyTimeout: config.upstreamTimeoutMs,
      connections: 128,
    },
    destroyAgent: true,
    disableCache: true,
    disableRequestLogging: true,
  });
  server.removeAllContentTypeParsers();
  // Bodies pass through as they come; the core validates them by what they are, not by what they say they are.
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  for (const url of apiRoutes) {
    server.route({
      method: methods,
      url,
      handler: async (request, reply) => {
        if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) {
          return sendRefusal(reply, refusals.tooLarge);
        }
        const credentials = await authenticate(request, reply);
        if (credentials === null) return reply;
        return forward(config, request, reply, credentials);
      },
    });
  }
}

function forward(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: Credentials,
): FastifyReply {
  const instance = chooseInstance(request.method, request.decodedPath);
  const startedAt = performance.now();
  const observe = (statusCode: number) =>
    durations.observe(
      { upstream: instance, status_code: statusCode },
      (performance.now() - startedAt) / 1000,
    );
  return reply.from(request.raw.url, {
    getUpstream: () => config.upstreams[instance],
    // The library repeats a GET ten times on 503 unless told otherwise; the client decides that.
    retryDelay: () => null,
    rewriteRequestHeaders: (_request, headers) => {
      const { method, ip, id: requestId, traceparent } = request;
      const caller = { method, ip, requestId, traceparent, authorization: credentials.authorization };
      return { ...requestHeaders(headers, caller, config), host: new URL(config.upstreams[instance]).host };
    },
    rewriteHeaders: (headers) => {
      const byCookie = credentials.kind === 'session';
      const kept = responseHeaders(headers, { byCookie, testHeaders: config.testHeaders });
      return config.testHeaders ? { 'x-fineract-instance': instance, ...kept } : kept;
    },
    onResponse: (_request, answer, upstream) => {
      observe((upstream as unknown as { statusCode: number }).statusCode);
      answer.send((upstream as unknown as { stream: NodeJS.ReadableStream }).stream);
    },
    onError: (answer, { error }) => {
      const refusal = refusalFor(error);
      observe(refusal.statusCode);
      request.log.warn({ err: error, upstream: instance }, 'the core did not answer');
      sendRefusal(answer as FastifyReply, refusal);
    },
  });
}

const timeouts = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'FST_REPLY_FROM_GATEWAY_TIMEOUT',
]);

function refusalFor(error: Error): Refusal {
  const codes = [error, error.cause].map((each) => (each as { code?: string } | undefined)?.code ?? '');
  return codes.some((code) => timeouts.has(code)) ? refusals.upstreamSlow : refusals.upstreamDown;
}
