import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';
import {
  fineractMetrics,
  fineractMounts,
  fineractPorts,
  fineractProbes,
  instanceEnv,
} from './fineract-shared.ts';

const size = { cpuMillis: 600, memoryMi: 1536 };

export const fineractRead = defineComponent({
  name: 'fineract-read',
  summary: 'Answers queries and reports, from the cache and the read replica',
  box: 'Fineract Read',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'canary' },
  wave: 5,
  image: 'fineract',
  ports: fineractPorts,
  service: { name: 'fineract-read-service', ports: ['http'] },
  metrics: fineractMetrics,
  probes: fineractProbes,
  env: instanceEnv({ read: true, write: false, batch: false }),
  mounts: fineractMounts,
  replicas: { dev: 1, uat: 1, production: 3 },
  autoscaling: { replicasMax: { dev: 2, uat: 2, production: 6 }, cpuTargetPercent: 70 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-critical',
  objectStoreAccess: true,
});

export const fineractReadConnections = [
  connect('fineract-read', 'postgresql', 'sql', 'queries, on a replica where there is one'),
  connect('fineract-read', 'redis', 'redis', 'cached entities'),
  connect('fineract-read', 'keycloak', 'http', 'keys that verify access tokens'),
  connect('fineract-read', 's3', 's3', 'documents and reports'),
  connect('fineract-read', 'object-store', 'https', "documents and reports in the provider's object store", {
    unless: 's3',
  }),
];
