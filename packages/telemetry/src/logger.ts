import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { serializeError } from './serialize-error.ts';

export type { Logger };

export type LoggerOptions = {
  /** The service's name, for example `fineract`. */
  service: string;
  level: string;
  /** Which of several processes of the service this is, for example `read`. */
  instance?: string;
  /** Where lines go; standard output unless a test says otherwise. */
  destination?: DestinationStream;
};

const secretFields = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
];

/** The fields at the top of a line, and up to two levels below it (`req.headers.authorization`). */
const redactedPaths = secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]);

type LoggableRequest = { method?: string; routeOptions?: { url?: string } };

/**
 * The process's logger: JSON lines on standard output with service, instance, level and an ISO time. Secret fields are
 * replaced; errors and requests are written by closed lists of fields. Personal data is the caller's to leave out: log
 * ids, never names, addresses or bodies.
 */
export function createLogger({ service, level, instance, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, ...(instance === undefined ? {} : { instance }) },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: {
      err: serializeError,
      error: serializeError,
      req: ({ method, routeOptions }: LoggableRequest) => ({ method, route: routeOptions?.url }),
      res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
