import type { IncomingHttpHeaders } from 'node:http';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

// Headers by which proxies tell servers who calls, from where, and what was asked for. Only ours may.
const spoofable = new Set([
  'forwarded',
  'remote-user',
  'x-client-ip',
  'x-fineract-instance',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-uri',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
  'x-user',
]);
const spoofablePrefixes = [
  'x-forwarded-',
  'x-auth-',
  'x-authenticated-',
  'x-remote-',
  'x-ssl-',
  'x-client-cert',
];

export type Caller = {
  method: string;
  ip: string;
  requestId: string;
  traceparent: string;
  /** The Authorization header for the core, if any. */
  authorization: string | undefined;
};

/**
 * The headers that reach the core: the client's, without those that only a proxy may set and without cookies, and with
 * our own in their place. Names with underscores are dropped, since some servers read `X_Forwarded_User` as
 * `X-Forwarded-User`.
 */
export function requestHeaders(
  given: IncomingHttpHeaders,
  caller: Caller,
  { publicOrigin }: { publicOrigin: string },
): IncomingHttpHeaders {
  const kept = Object.entries(given).filter(([name]) => mayPass(name, caller.method));
  const { host, protocol } = new URL(publicOrigin);
  return {
    ...Object.fromEntries(kept),
    ...(caller.authorization === undefined ? {} : { authorization: caller.authorization }),
    'x-forwarded-for': caller.ip,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-request-id': caller.requestId,
    traceparent: caller.traceparent,
  };
}

function mayPass(name: string, method: string): boolean {
  if (name.includes('_') || hopByHop.has(name) || spoofable.has(name)) return false;
  if (name === 'cookie' || name === 'authorization') return false;
  // Bodies of reading requests are not forwarded, so nothing may announce one.
  if ((name === 'content-length' || name === 'content-type') && /^(GET|HEAD)$/.test(method)) return false;
  return !spoofablePrefixes.some((prefix) => name.startsWith(prefix));
}

const keptBack = new Set([
  'server',
  'set-cookie',
  'strict-transport-security',
  'x-powered-by',
  'x-request-id',
]);

/** The headers of the core's answer that reach the client. */
export function responseHeaders(
  given: IncomingHttpHeaders,
  { byCookie, testHeaders }: { byCookie: boolean; testHeaders: boolean },
): IncomingHttpHeaders {
  const kept = Object.entries(given).filter(([name]) => {
    if (hopByHop.has(name) || keptBack.has(name)) return false;
    if (name === 'x-fineract-instance') return testHeaders;
    // A cookie is for our own pages: no other origin may read, and no browser may open its password box.
    if (byCookie && (name.startsWith('access-control-') || name === 'www-authenticate')) return false;
    return name !== 'access-control-allow-credentials';
  });
  return Object.fromEntries(kept);
}
