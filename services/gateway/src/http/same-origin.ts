import type { IncomingHttpHeaders } from 'node:http';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method is one that changes nothing. */
export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/**
 * Whether the bank's own pages made this request. Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; a
 * request that says neither is not trusted with a cookie.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicOrigin : site === 'same-origin';
}
