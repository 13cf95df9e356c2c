import { Redis } from 'ioredis';
import type { CacheLogger } from './create-cache.ts';

/** A connection that restores itself, and knows which run of Redis it talks to. */
export type Connection = {
  readonly redis: Redis;
  /** The run id of the Redis at the other end; undefined while there is none. */
  runId(): string | undefined;
  close(): Promise<void>;
};

/**
 * Connects in the background and reconnects by itself. Commands fail at once while Redis is away instead of queueing,
 * and logs say once that it went and once that it came back.
 */
export function connect(url: string, logger: CacheLogger): Connection {
  const host = new URL(url).host;
  let runId: string | undefined;
  let lastSaid: 'available' | 'unavailable' | undefined;
  const say = (state: 'available' | 'unavailable', fields: object = {}) => {
    if (lastSaid === state) return;
    lastSaid = state;
    logger[state === 'available' ? 'info' : 'warn']({ host, ...fields }, `cache ${state}`);
  };

  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    // A peer that vanished without closing the connection would otherwise hold it for minutes.
    socketTimeout: 2000,
    retryStrategy: (times) => Math.min(50 * times, 1000),
  });
  redis.on('error', (error) => say('unavailable', { err: error }));
  redis.on('close', () => {
    runId = undefined;
    say('unavailable');
  });
  redis.on('ready', async () => {
    try {
      const found = readRunId(await redis.info('server'));
      if (redis.status !== 'ready') return;
      runId = found;
      say('available');
    } catch (error) {
      say('unavailable', { err: error });
      redis.disconnect(true);
    }
  });
  return {
    redis,
    runId: () => runId,
    async close() {
      redis.removeAllListeners('close');
      runId = undefined;
      redis.disconnect();
    },
  };
}

/** Servers that speak Redis's protocol without a run id count as one run: the guard for crashes is then theirs. */
function readRunId(info: string): string {
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? 'run';
}
