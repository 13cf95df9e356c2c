import { type Cache, noCache } from './cache.ts';

/** What the cache needs of a logger. */
export type CacheLogger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type CacheOptions = {
  /** `redis://` or `rediss://` (TLS) URL; without one there is no cache. */
  url: string | undefined;
  logger: CacheLogger;
  /** How long a read or store may wait for Redis before the request goes on without it. */
  commandTimeoutMs?: number;
  /** How long an invalidation may wait; nobody's request waits for it. */
  invalidateTimeoutMs?: number;
  /** Timeouts in a row after which requests no longer wait for Redis at all. */
  failuresMax?: number;
  /** How often one request tries again then. */
  retryAfterMs?: number;
};

/**
 * The cache at `url`, or one that remembers nothing when there is no URL. Returns at once, connected or not: the
 * service works without it and uses it when it comes up. The Redis client is loaded only when there is a URL.
 *
 * @throws Error when the URL is not a Redis URL; the message does not repeat it
 */
export async function createCache(options: CacheOptions): Promise<Cache> {
  const { url } = options;
  if (url === undefined || url === '') return noCache;
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error(
      'The cache URL is not valid; expected redis://host:6379 or, with TLS, rediss://host:6379',
    );
  }
  const { createRedisCache } = await import('./redis-cache.ts');
  return createRedisCache({ ...options, url });
}
