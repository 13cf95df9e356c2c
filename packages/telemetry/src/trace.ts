import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who a request is for the logs of every service it passes: see W3C Trace Context. */
export type Trace = {
  /** 32 hexadecimal digits, the same in every service. */
  traceId: string;
  /** The header to send on: the caller's trace with a span id of our own. */
  traceparent: string;
};

// Only what is safe to repeat in a header and a log line, and short.
const safeRequestId = /^[A-Za-z0-9._:-]{1,128}$/;
const traceparentForm = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;

const traces = new WeakMap<IncomingMessage, Trace>();

/** The caller's `X-Request-Id` when it is a safe token, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && safeRequestId.test(given) ? given : randomUUID();
}

/** The trace a request belongs to: the caller's, or a new one. The same answer for the same request. */
export function traceOf(request: IncomingMessage): Trace {
  const known = traces.get(request);
  if (known !== undefined) return known;
  const trace = continueTrace(request.headers['traceparent']);
  traces.set(request, trace);
  return trace;
}

/** A `traceparent` for work that no request started, such as a job. */
export function newTraceparent(): string {
  return continueTrace(undefined).traceparent;
}

function continueTrace(header: string | string[] | undefined): Trace {
  const [, givenTraceId, givenFlags] =
    (typeof header === 'string' ? traceparentForm.exec(header) : null) ?? [];
  const traceId = givenTraceId ?? randomHexadecimal();
  const spanId = randomHexadecimal().slice(0, 16);
  return { traceId, traceparent: `00-${traceId}-${spanId}-${givenFlags ?? '00'}` };
}

/** 32 digits. Node draws UUIDs from a buffer, which costs a request far less than asking for random bytes each time. */
function randomHexadecimal(): string {
  return randomUUID().replaceAll('-', '');
}
