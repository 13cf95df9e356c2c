import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 50, memoryMi: 128 };

export const applyInterest = defineComponent({
  name: 'apply-interest',
  summary: 'Starts the interest posting on the batch instances every night and waits for its result',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'cronjob', schedule: '0 2 * * *', timeZone: 'Etc/UTC', deadlineSeconds: 7200 },
  wave: 7,
  image: 'tools',
  ports: {},
  command: ['node', 'cli/src/main.ts', 'job', 'run'],
  args: ['Post Interest For Savings', '--url', 'http://fineract-batch-service:8080', '--wait'],
  env: [
    { name: 'FINERACT_USERNAME', secret: secret('fineract-service-user', 'username') },
    { name: 'FINERACT_PASSWORD', secret: secret('fineract-service-user', 'password') },
  ],
  mounts: [{ kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 }],
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
});

export const applyInterestConnections = [
  connect('apply-interest', 'fineract-batch', 'http', 'starts the job and polls its run'),
];
