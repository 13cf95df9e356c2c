import { at } from '../objects.ts';
import { ofPods, type Policy, servingKinds } from '../policy.ts';

export const noAntiAffinity: Policy = {
  name: 'no-anti-affinity',
  also: ['deployment-has-host-podantiaffinity', 'statefulset-has-host-podantiaffinity'],
  check: ofPods(
    (pod, object) =>
      servingKinds.includes(object.kind) &&
      at(pod, 'affinity', 'podAntiAffinity') === undefined &&
      'lets all its pods stand on one node',
  ),
};
