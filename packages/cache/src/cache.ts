/** What `begin` found. `bypass`: the cache is absent or unwell, so the answer comes from the database. */
export type CacheRead =
  | { result: 'hit'; hit: string; generation: null }
  | { result: 'miss'; hit: null; generation: string }
  | { result: 'bypass'; hit: null; generation: null };

/**
 * A cache that may be slow or away, but never wrong: a reader that fetched before a write can never overwrite the
 * invalidation after it.
 *
 * Beside each key stands `<key>:generation`, a random token. A reader that misses takes the token (or sets one), reads
 * the database and stores under that token. A writer, after its commit, replaces the token. What was read before the
 * write holds the old token, and is not stored. A token that expired or was evicted refuses too: tokens never repeat,
 * unlike counters, which start at 1 again.
 */
export type Cache = {
  /** Whether there is a cache at all; false when the service runs without one. */
  readonly enabled: boolean;
  /** Looks a key up, in one round trip. Never fails and never waits long. */
  begin(key: string): Promise<CacheRead>;
  /** Stores what was read after `begin`, unless a write came between. Never fails; true when it was stored. */
  store(key: string, generation: string | null, value: string, ttlSeconds: number): Promise<boolean>;
  /**
   * Forgets keys after a committed write, all of them or none.
   *
   * @throws Error when the cache did not confirm it: the caller must try again, for old entries may still be there
   */
  invalidate(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

const bypass: CacheRead = Object.freeze({ result: 'bypass', hit: null, generation: null });

/** The cache of a service that has none: every read goes to the database, nothing is left to forget. */
export const noCache: Cache = Object.freeze({
  enabled: false,
  begin: async () => bypass,
  store: async () => false,
  invalidate: async () => {},
  close: async () => {},
});
