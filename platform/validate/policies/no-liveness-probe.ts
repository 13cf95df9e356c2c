import { mainContainersOf } from '../objects.ts';
import { type Policy, servingKinds } from '../policy.ts';

export const noLivenessProbe: Policy = {
  name: 'no-liveness-probe',
  also: ['pod-probes', 'CKV_K8S_8'],
  check: (object) =>
    servingKinds.includes(object.kind)
      ? mainContainersOf(object)
          .filter((container) => container['livenessProbe'] === undefined)
          .map((container) => `its container ${String(container['name'])} has no liveness probe`)
      : [],
};
