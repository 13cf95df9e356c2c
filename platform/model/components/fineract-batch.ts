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

const size = { cpuMillis: 600, memoryMi: 1536 };

export const fineractBatch = defineComponent({
  name: 'fineract-batch',
  summary: 'Runs jobs in partitions, writes reports, sends notifications',
  box: 'Fineract Batch',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'deployment' },
  wave: 5,
  image: 'fineract',
  ports: fineractPorts,
  service: { name: 'fineract-batch-service', ports: ['http'] },
  metrics: fineractMetrics,
  probes: fineractProbes,
  env: [
    ...instanceEnv({ read: true, write: false, batch: true }),
    { name: 'SMTP_URL', secret: secret('smtp-credentials', 'url'), engine: 'fineract-ts' },
    { name: 'SMTP_FROM', config: 'smtp-from', engine: 'fineract-ts' },
    { name: 'SMS_ENABLED', config: 'sms-enabled', engine: 'fineract-ts' },
  ],
  mounts: fineractMounts,
  replicas: { dev: 1, uat: 1, production: 3 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-standard',
  objectStoreAccess: true,
});

export const fineractBatchConnections = [
  connect('fineract-batch', 'postgresql', 'sql', 'job queue and the accounts a job works on'),
  connect('fineract-batch', 'redis', 'redis', 'invalidates the accounts a job changed'),
  connect('fineract-batch', 'kafka', 'plain', 'publishes the events of its jobs'),
  connect('fineract-batch', 'keycloak', 'http', 'keys that verify access tokens'),
  connect('fineract-batch', 's3', 's3', 'uploads reports'),
  connect('fineract-batch', 'object-store', 'https', "uploads reports to the provider's object store", {
    unless: 's3',
  }),
  connect('fineract-batch', 'mail', 'submission', 'sends e-mail'),
  connect('fineract-batch', 'sms', 'https', 'sends text messages'),
];
