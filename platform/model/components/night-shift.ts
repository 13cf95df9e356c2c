import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 50, memoryMi: 128 };
const common = {
  layer: 'cluster',
  place: 'bank',
  wave: 8,
  image: 'kubectl',
  ports: {},
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
  apiToken: true,
} as const;
const selector = '--selector=fineract-gitops/sleeps=at-night';
const kinds = 'rollouts.argoproj.io,deployments.apps,statefulsets.apps';

/** Optional, for environments that say `sleepsAtNight`: nobody pays for a development bank at night. */
export const nightSleep = defineComponent({
  ...common,
  name: 'night-sleep',
  summary: "Scales the bank's services to zero on weekday evenings",
  workload: { kind: 'cronjob', schedule: '0 20 * * 1-5', timeZone: 'Etc/UTC', deadlineSeconds: 300 },
  command: ['kubectl', 'scale', kinds],
  args: [selector, '--replicas=0'],
});

export const nightWake = defineComponent({
  ...common,
  name: 'night-wake',
  summary: "Scales the bank's services back to one on weekday mornings",
  workload: { kind: 'cronjob', schedule: '0 6 * * 1-5', timeZone: 'Etc/UTC', deadlineSeconds: 300 },
  command: ['kubectl', 'scale', kinds],
  args: [selector, '--replicas=1'],
});

export const nightShiftConnections = [
  connect('night-sleep', 'kubernetes-api', 'https', 'scales to zero'),
  connect('night-wake', 'kubernetes-api', 'https', 'scales back'),
];
