export type { Cache, CacheRead } from './cache.ts';
export { type CacheOptions, createCache } from './create-cache.ts';
