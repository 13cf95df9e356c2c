import { textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const pdbUnhealthyPodEvictionPolicy: Policy = {
  name: 'pdb-unhealthy-pod-eviction-policy',
  check: ofKinds(
    ['PodDisruptionBudget'],
    (object) =>
      textAt(object, 'spec', 'unhealthyPodEvictionPolicy') !== 'AlwaysAllow' &&
      'keeps broken pods on a node that is drained',
  ),
};
