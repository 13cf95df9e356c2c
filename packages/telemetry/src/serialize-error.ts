/** An error as the log shows it. */
export type LoggedError = {
  type: string;
  message: string;
  code?: string | number;
  stack?: string;
  cause?: LoggedError;
  errors?: LoggedError[];
};

const depthMax = 4;

/**
 * An error for the log, by a closed list of fields. pino's own serializer copies every property, and drivers put data
 * there: PostgreSQL's `detail` quotes the offending row, ioredis keeps the command's arguments.
 */
export function serializeError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : `(a thrown ${typeof error})`;
  const { code } = error as { code?: unknown };
  const nested = (inner: unknown) => serializeError(inner, depth + 1) as LoggedError;
  const deeper = depth < depthMax;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(deeper && error.cause instanceof Error ? { cause: nested(error.cause) } : {}),
    ...(deeper && error instanceof AggregateError ? { errors: error.errors.slice(0, 5).map(nested) } : {}),
  };
}
