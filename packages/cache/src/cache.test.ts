import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Cache, createCache } from './index.ts';
import { type RedisServer, startRedis } from './testing/redis-server.ts';

let redis: RedisServer;
let caches: Cache[] = [];
const logger = { info: () => {}, warn: () => {} };

/** A cache that is connected, unless told that Redis is away. */
async function open(url = redis.url): Promise<Cache> {
  const cache = await createCache({ url, logger, retryAfterMs: 200 });
  caches.push(cache);
  await expect.poll(async () => (await cache.begin('probe')).result).not.toBe('bypass');
  return cache;
}

beforeAll(async () => {
  redis = await startRedis(['--save', '3600 1']);
});
afterEach(async () => {
  await Promise.all(caches.map((cache) => cache.close()));
  caches = [];
  await redis.start();
});
afterAll(() => redis.remove());

async function fill(cache: Cache, key: string, value: string) {
  const { generation } = await cache.begin(key);
  expect(await cache.store(key, generation, value, 60)).toBe(true);
}

describe('cache', () => {
  it('misses, stores, hits, forgets', async () => {
    const cache = await open();
    await fill(cache, 'clients:1', '{"a":"ü\\n"}');
    expect(await cache.begin('clients:1')).toMatchObject({ result: 'hit', hit: '{"a":"ü\\n"}' });
    await cache.invalidate(['clients:1', 'clients:2']);
    expect(await cache.begin('clients:1')).toMatchObject({ result: 'miss', hit: null });
  });

  it('refuses what was read before an invalidation by another process', async () => {
    const [reader, writer] = [await open(), await open()];
    const { generation } = await reader.begin('clients:3');
    await writer.invalidate(['clients:3']);
    expect(await reader.store('clients:3', generation, 'old', 60)).toBe(false);
    expect((await reader.begin('clients:3')).result).toBe('miss');
  });

  it('refuses it too when generations were evicted and set anew', async () => {
    const [reader, writer, admin] = [await open(), await open(), await open()];
    await writer.invalidate(['clients:4']);
    const { generation } = await reader.begin('clients:4');
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    await client.del('clients:4:generation');
    await writer.invalidate(['clients:4']);
    expect(await reader.store('clients:4', generation, 'old', 60)).toBe(false);
    await client.del('clients:4:generation');
    expect(await reader.store('clients:4', generation, 'old', 60)).toBe(false);
    expect((await admin.begin('clients:4')).result).toBe('miss');
    client.disconnect();
  });

  it('is never older than the last invalidation, whatever the order of readers and writers', async () => {
    const [one, two] = [await open(), await open()];
    let run = 0;
    const actor = fc.record({
      writes: fc.boolean(),
      steps: fc.array(fc.nat(3), { minLength: 2, maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(actor, { minLength: 2, maxLength: 12 }), async (actors) => {
        const key = `race:${run++}`;
        let committed = 0;
        let invalidated = 0;
        const read = async (cache: Cache, pauses: readonly number[]) => {
          const floor = invalidated;
          const { hit, generation } = await cache.begin(key);
          if (hit !== null) return expect(Number(hit)).toBeGreaterThanOrEqual(floor);
          const value = committed;
          for (let left = pauses[0] ?? 0; left > 0; left--) await tick();
          await cache.store(key, generation, String(value), 60);
        };
        const write = async (cache: Cache, pauses: readonly number[]) => {
          for (let left = pauses[0] ?? 0; left > 0; left--) await tick();
          const version = ++committed;
          for (let left = pauses[1] ?? 0; left > 0; left--) await tick();
          await cache.invalidate([key]);
          invalidated = Math.max(invalidated, version);
        };
        await Promise.all(
          actors.map(({ writes, steps }, index) =>
            (writes ? write : read)(index % 2 === 0 ? one : two, steps),
          ),
        );
        const { hit } = await one.begin(key);
        if (hit !== null) expect(Number(hit)).toBe(committed);
      }),
      { numRuns: 150 },
    );
  });

  it('treats what a crashed Redis came back with as absent', async () => {
    const cache = await open();
    await fill(cache, 'clients:5', 'old');
    const { generation } = await cache.begin('clients:6');
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    await client.save();
    client.disconnect();
    await cache.invalidate(['clients:5', 'clients:6']);
    await redis.stop('SIGKILL');
    await redis.start();
    await expect.poll(async () => (await cache.begin('probe')).result).not.toBe('bypass');
    expect((await cache.begin('clients:5')).result).toBe('miss');
    expect(await cache.store('clients:6', generation, 'old', 60)).toBe(false);
  });
});

describe('cache without Redis', () => {
  it('remembers nothing and has nothing to invalidate when there is no URL', async () => {
    const cache = await createCache({ url: undefined, logger });
    expect(cache.enabled).toBe(false);
    expect(await cache.begin('x')).toEqual({ result: 'bypass', hit: null, generation: null });
    expect(await cache.store('x', null, 'value', 60)).toBe(false);
    await cache.invalidate(['x']);
  });

  it('refuses a URL that is not one, without repeating it', async () => {
    await expect(createCache({ url: 'http://:hunter2@redis', logger })).rejects.toThrow(
      /^(?!.*hunter2).*redis:\/\/host/,
    );
  });

  it('bypasses at once when Redis stops, reports failed invalidations, and recovers by itself', async () => {
    const lines: string[] = [];
    const note = (_fields: object, message: string) => void lines.push(message);
    const cache = await createCache({ url: redis.url, logger: { info: note, warn: note } });
    caches.push(cache);
    await expect.poll(async () => (await cache.begin('probe')).result).not.toBe('bypass');
    await redis.stop('SIGKILL');
    await expectQuickBypass(cache);
    await expect(cache.invalidate(['clients:7'])).rejects.toThrow(/not connected|not confirm/);
    await redis.start();
    await expect.poll(async () => (await cache.begin('clients:7')).result, { timeout: 5000 }).toBe('miss');
    await cache.invalidate(['clients:7']);
    expect(lines).toEqual(['cache available', 'cache unavailable', 'cache available']);
  });

  it('bypasses a frozen Redis, soon without waiting for it, and recovers by itself', async () => {
    const cache = await open();
    redis.pause();
    try {
      for (let call = 0; call < 3; call++) await expectQuickBypass(cache);
      const started = performance.now();
      expect((await cache.begin('clients:8')).result).toBe('bypass');
      expect(performance.now() - started).toBeLessThan(75);
      await expect(cache.invalidate(['clients:8'])).rejects.toThrow('did not confirm');
    } finally {
      redis.resume();
    }
    await expect.poll(async () => (await cache.begin('clients:8')).result, { timeout: 5000 }).toBe('miss');
  });

  it('starts without Redis and finds it later', async () => {
    await redis.stop();
    const cache = await createCache({ url: redis.url, logger });
    caches.push(cache);
    await expectQuickBypass(cache);
    await redis.start();
    await expect.poll(async () => (await cache.begin('clients:9')).result, { timeout: 5000 }).toBe('miss');
  });
});

async function expectQuickBypass(cache: Cache) {
  const started = performance.now();
  expect((await cache.begin('clients:7')).result).toBe('bypass');
  expect(performance.now() - started).toBeLessThan(150);
}
