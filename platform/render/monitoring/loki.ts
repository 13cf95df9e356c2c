/** Loki on one volume: the TSDB index of schema v13, thirty days of logs. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { metadataOf } from '../metadata.ts';
import { yamlOf } from '../yaml.ts';

const configuration = {
  auth_enabled: false,
  server: { http_listen_port: 3100, log_level: 'warn' },
  common: {
    path_prefix: '/var/loki',
    replication_factor: 1,
    ring: { kvstore: { store: 'inmemory' }, instance_addr: '127.0.0.1' },
    storage: { filesystem: { chunks_directory: '/var/loki/chunks', rules_directory: '/var/loki/rules' } },
  },
  schema_config: {
    configs: [
      {
        from: '2026-01-01',
        store: 'tsdb',
        object_store: 'filesystem',
        schema: 'v13',
        index: { prefix: 'index_', period: '24h' },
      },
    ],
  },
  compactor: {
    working_directory: '/var/loki/compactor',
    retention_enabled: true,
    delete_request_store: 'filesystem',
  },
  limits_config: { retention_period: '720h', allow_structured_metadata: true },
  analytics: { reporting_enabled: false },
};

export const lokiObjects = (_model: Model, component: Component): readonly IConfigMap[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(component, 'loki-config'),
    data: { 'loki.yaml': yamlOf(configuration) },
  },
];
