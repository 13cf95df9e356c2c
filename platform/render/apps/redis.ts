/** Redis' own configuration file. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { metadataOf } from '../metadata.ts';

/**
 * `volatile-lru`: keys without a lifetime are the cache's generation counters, and evicting one would let a stale read
 * back in; entities and sessions all have a lifetime, and the least recently used of them goes first.
 */
const lines = [
  'bind * -::*',
  'port 6379',
  'dir /data',
  'maxmemory 768mb',
  'maxmemory-policy volatile-lru',
  'appendonly yes',
  'appendfsync everysec',
  'auto-aof-rewrite-min-size 64mb',
  'save ""',
];

export const redisObjects = (_model: Model, component: Component): readonly IConfigMap[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(component, 'redis-config'),
    data: { 'redis.conf': `${lines.join('\n')}\n` },
  },
];
