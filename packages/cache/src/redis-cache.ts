import { randomUUID } from 'node:crypto';
import type { Cache, CacheRead } from './cache.ts';
import { createCircuit } from './circuit.ts';
import type { CacheOptions } from './create-cache.ts';
import { connect } from './redis-connection.ts';

/** A generation outlives every reader that could hold it; one that is gone refuses the store. */
const generationTtlSeconds = 600;

/** The value, else the generation to store under: the present one, or the caller's fresh one. */
const beginScript = `
local value = redis.call('GET', KEYS[1])
if value and string.sub(value, 1, #ARGV[2]) == ARGV[2] then return {value, false} end
local generation = redis.call('GET', KEYS[2])
if not generation then
  generation = ARGV[1]
  redis.call('SET', KEYS[2], generation, 'EX', ARGV[3])
end
return {false, generation}`;

const storeScript = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1`;

const bypass: CacheRead = { result: 'bypass', hit: null, generation: null };
const generationKey = (key: string) => `${key}:generation`;

/**
 * The cache over Redis. Values and generations begin with the run id of the Redis process that took them: a Redis that
 * crashed comes back with a state from before its last second, in which an invalidated value may stand again, so what
 * an earlier run wrote counts as absent.
 */
export function createRedisCache(options: CacheOptions & { url: string }): Cache {
  const { commandTimeoutMs = 75, invalidateTimeoutMs = 1000, failuresMax = 3, retryAfterMs = 1000 } = options;
  const circuit = createCircuit({ failuresMax, retryAfterMs });
  const connection = connect(options.url, options.logger);
  connection.redis.defineCommand('cacheBegin', { numberOfKeys: 2, lua: beginScript });
  connection.redis.defineCommand('cacheStore', { numberOfKeys: 2, lua: storeScript });
  const redis = connection.redis as typeof connection.redis & CacheCommands;

  /** Runs a command for a request: undefined when Redis is away, too slow, or was too slow lately. */
  const attempt = async <Reply>(command: (run: string) => Promise<Reply>): Promise<Reply | undefined> => {
    const run = connection.runId();
    if (run === undefined || !circuit.permits()) return undefined;
    try {
      const reply = await within(commandTimeoutMs, command(`${run}:`));
      circuit.succeeded();
      return reply;
    } catch {
      // Not logged: one line per request would bury the connection's own line, and the caller counts 'bypass'.
      circuit.failed();
      return undefined;
    }
  };

  return {
    enabled: true,
    async begin(key) {
      return (
        (await attempt(async (run) => {
          const fresh = `${run}${randomUUID()}`;
          const [value, generation] = await redis.cacheBegin(
            key,
            generationKey(key),
            fresh,
            run,
            generationTtlSeconds,
          );
          if (value !== null)
            return { result: 'hit', hit: value.slice(run.length), generation: null } as const;
          return { result: 'miss', hit: null, generation: generation ?? fresh } as const;
        })) ?? bypass
      );
    },
    async store(key, generation, value, ttlSeconds) {
      if (generation === null) return false;
      const stored = await attempt(async (run) => {
        // The generation may stand in the state that a crashed Redis came back with, its replacement lost.
        if (!generation.startsWith(run)) return 0;
        return redis.cacheStore(key, generationKey(key), generation, `${run}${value}`, ttlSeconds);
      });
      return stored === 1;
    },
    async invalidate(keys) {
      if (keys.length === 0) return;
      const run = connection.runId();
      if (run === undefined)
        throw new Error('The cache is not connected; its entries could not be invalidated');
      const transaction = redis.multi().unlink(...keys);
      for (const key of keys)
        transaction.set(generationKey(key), `${run}:${randomUUID()}`, 'EX', generationTtlSeconds);
      try {
        const replies = await within(invalidateTimeoutMs, transaction.exec());
        const failure =
          replies === null ? new Error('transaction discarded') : replies.find(([error]) => error)?.[0];
        if (failure) throw failure;
      } catch (cause) {
        throw new Error('The cache did not confirm an invalidation', { cause });
      }
      circuit.succeeded();
    },
    close: () => connection.close(),
  };
}

type CacheCommands = {
  cacheBegin(
    key: string,
    generationKey: string,
    fresh: string,
    run: string,
    ttlSeconds: number,
  ): Promise<[string | null, string | null]>;
  cacheStore(
    key: string,
    generationKey: string,
    generation: string,
    value: string,
    ttlSeconds: number,
  ): Promise<number>;
};

async function within<Reply>(timeoutMs: number, work: Promise<Reply>): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
