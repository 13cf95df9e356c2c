import type { FastifyInstance, FastifyRequest } from 'fastify';
import { histogram, registry, startMetrics } from './metrics.ts';
import { traceOf } from './trace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The W3C trace id, the same in every service the request passes. */
    readonly traceId: string;
    /** The header to send with calls and events that this request causes. */
    readonly traceparent: string;
  }
}

export type TelemetryOptions = {
  /** The `service` label of every metric. */
  service: string;
  /** Where the metrics are served; `/metrics` unless said. */
  metricsPaths?: readonly string[];
  /** Routes that a probe calls every few seconds, logged at debug level; a prefix of the route pattern. */
  quietRoutes?: readonly string[];
};

const clientClosedRequest = 499;

/**
 * Request id and trace on every request and response, one log line and one duration per request under the route's
 * pattern (never the raw URL, which holds ids and search terms), and `GET /metrics`. Applies to the instance that
 * registers it, and wants a server built with `httpServerOptions`.
 */
export async function telemetryPlugin(server: FastifyInstance, options: TelemetryOptions): Promise<void> {
  const { service, metricsPaths = ['/metrics'], quietRoutes = [] } = options;
  const quiet = [...metricsPaths, ...quietRoutes];
  const record = createRecorder((route) => quiet.some((prefix) => route.startsWith(prefix)));
  startMetrics(service);
  server.decorateRequest('traceId', { getter: readTraceId });
  server.decorateRequest('traceparent', { getter: readTraceparent });
  server.addHook('onRequest', async (request, reply) => {
    record.start(request);
    reply.header('x-request-id', request.id);
  });
  server.addHook('onResponse', async (request, reply) => record.end(request, reply.statusCode));
  server.addHook('onRequestAbort', async (request) => record.end(request, clientClosedRequest));
  for (const path of metricsPaths) {
    server.get(path, { schema: { hide: true } as object }, async (_request, reply) => {
      reply.header('cache-control', 'no-store').type(registry.contentType);
      return registry.metrics();
    });
  }
}

// Fastify's mark for a plugin whose hooks and routes belong to the instance that registers it.
Object.assign(telemetryPlugin, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'telemetry',
});

function readTraceId(this: FastifyRequest): string {
  return traceOf(this.raw).traceId;
}

function readTraceparent(this: FastifyRequest): string {
  return traceOf(this.raw).traceparent;
}

type Recorder = {
  start: (request: FastifyRequest) => void;
  end: (request: FastifyRequest, statusCode: number) => void;
};

/** Notes the end of each request once, whether it was answered or its caller went away first. */
function createRecorder(isQuiet: (route: string) => boolean): Recorder {
  const durations = histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests by route pattern',
    labelNames: ['method', 'route', 'status_code'],
    buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  const startedAt = new WeakMap<FastifyRequest, number>();
  return {
    start: (request) => startedAt.set(request, performance.now()),
    end: (request, statusCode) => {
      const started = startedAt.get(request);
      if (started === undefined) return;
      startedAt.delete(request);
      const ms = performance.now() - started;
      const { method } = request;
      const route = request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
      durations.observe({ method, route, status_code: statusCode }, ms / 1000);
      const level = isQuiet(route) ? 'debug' : 'info';
      request.log[level]({ method, route, status: statusCode, ms: Math.round(ms * 10) / 10 }, 'request');
    },
  };
}
