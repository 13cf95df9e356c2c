import { mainContainersOf } from '../objects.ts';
import { type Policy, servingKinds } from '../policy.ts';

export const noReadinessProbe: Policy = {
  name: 'no-readiness-probe',
  also: ['pod-probes', 'CKV_K8S_9'],
  check: (object) =>
    servingKinds.includes(object.kind)
      ? mainContainersOf(object)
          .filter((container) => container['readinessProbe'] === undefined)
          .map((container) => `its container ${String(container['name'])} has no readiness probe`)
      : [],
};
