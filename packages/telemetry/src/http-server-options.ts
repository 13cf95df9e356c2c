import type { IncomingMessage } from 'node:http';
import { type FastifyBaseLogger, LogController } from 'fastify';
import type { Logger } from './logger.ts';
import { requestIdOf, traceOf } from './trace.ts';

/** Fastify's own lines per request show raw URLs; the telemetry plugin writes one line with the route instead. */
class QuietLogController extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
  override routeNotFound(): void {}
}

export type HttpServerOptions = {
  loggerInstance: FastifyBaseLogger;
  logController: LogController;
  genReqId: (request: Pick<IncomingMessage, 'headers'>) => string;
  childLoggerFactory: (
    logger: FastifyBaseLogger,
    bindings: Record<string, unknown>,
    options: Parameters<FastifyBaseLogger['child']>[1],
    request: unknown,
  ) => FastifyBaseLogger;
};

/**
 * What Fastify must be constructed with for the telemetry plugin: `Fastify({ ...httpServerOptions(logger), … })`. Every
 * line of `request.log` then carries `requestId` and `traceId`.
 */
export function httpServerOptions(logger: Logger): HttpServerOptions {
  return {
    loggerInstance: logger,
    logController: new QuietLogController({ requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    childLoggerFactory: (parent, bindings, options, request) =>
      parent.child({ ...bindings, traceId: traceOf(request as IncomingMessage).traceId }, options),
  };
}
