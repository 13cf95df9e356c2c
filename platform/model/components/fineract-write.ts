import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';
import {
  fineractMetrics,
  fineractMounts,
  fineractPorts,
  fineractProbes,
  instanceEnv,
} from './fineract-shared.ts';

const size = { cpuMillis: 850, memoryMi: 2048 };

export const fineractWrite = defineComponent({
  name: 'fineract-write',
  summary: 'Executes commands, each in one transaction with its audit row and event',
  box: 'Fineract Write',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'blue-green' },
  wave: 5,
  image: 'fineract',
  ports: fineractPorts,
  service: { name: 'fineract-write-service', ports: ['http'] },
  metrics: fineractMetrics,
  probes: fineractProbes,
  env: [
    ...instanceEnv({ read: true, write: true, batch: false }),
    { name: 'USER_SYNC_URL', value: 'http://user-sync-service:8080', engine: 'fineract-ts' },
    { name: 'USER_SYNC_TOKEN', secret: secret('user-sync-token', 'token'), engine: 'fineract-ts' },
  ],
  mounts: fineractMounts,
  replicas: { dev: 1, uat: 1, production: 2 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-critical',
  objectStoreAccess: true,
});

export const fineractWriteConnections = [
  connect('fineract-write', 'postgresql', 'sql', 'commands, on the primary'),
  connect('fineract-write', 'redis', 'redis', 'invalidates cached entities after commit'),
  connect('fineract-write', 'kafka', 'plain', 'publishes events from the outbox'),
  connect('fineract-write', 'keycloak', 'http', 'keys that verify access tokens'),
  connect('fineract-write', 'user-sync', 'http', 'tells of a changed user or password'),
  connect('fineract-write', 's3', 's3', 'stores uploaded documents'),
  connect(
    'fineract-write',
    'object-store',
    'https',
    "stores uploaded documents in the provider's object store",
    { unless: 's3' },
  ),
];
