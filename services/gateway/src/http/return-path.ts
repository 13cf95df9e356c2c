import { readRequestPath } from './request-path.ts';

/** Where to go after login: a path of this bank, whatever was asked for. */
export function safeReturnPath(wanted: unknown, publicOrigin: string): string {
  if (typeof wanted !== 'string' || wanted.length > 2000) return '/';
  const path = readRequestPath(wanted);
  if (path === null || /^\/(auth\/|logout$)/.test(path)) return '/';
  const url = URL.parse(wanted, publicOrigin);
  return url?.origin === publicOrigin ? url.pathname + url.search : '/';
}
