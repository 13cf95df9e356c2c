export { httpServerOptions } from './http-server-options.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { counter, gauge, histogram, registry, startMetrics } from './metrics.ts';
export { installShutdown, type ShutdownOptions } from './shutdown.ts';
export { type TelemetryOptions, telemetryPlugin } from './telemetry-plugin.ts';
export { newTraceparent } from './trace.ts';
