import { listAt } from '../objects.ts';
import { ofPods, type Policy, servingKinds } from '../policy.ts';

export const podTopologySpreadConstraints: Policy = {
  name: 'pod-topology-spread-constraints',
  check: ofPods(
    (pod, object) =>
      servingKinds.includes(object.kind) &&
      listAt(pod, 'topologySpreadConstraints').length === 0 &&
      'does not spread its pods over zones',
  ),
};
