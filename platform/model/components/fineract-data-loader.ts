import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 100, memoryMi: 256 };

export const fineractDataLoader = defineComponent({
  name: 'fineract-data-loader',
  summary:
    'Applies the bank configuration (offices, roles, products, chart of accounts) over the API, once per change',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'job', deadlineSeconds: 900 },
  wave: 7,
  image: 'tools',
  ports: {},
  command: ['node', 'cli/src/main.ts', 'config', 'apply'],
  args: ['$(BANK_CONFIG)', '--url', 'http://fineract-write-service:8080', '--yes'],
  env: [
    { name: 'BANK_CONFIG', config: 'bank-config' },
    { name: 'FINERACT_USERNAME', secret: secret('fineract-service-user', 'username') },
    { name: 'FINERACT_PASSWORD', secret: secret('fineract-service-user', 'password') },
  ],
  mounts: [{ kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 }],
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
});

export const fineractDataLoaderConnections = [
  connect('fineract-data-loader', 'fineract-write', 'http', 'applies the bank configuration'),
];
