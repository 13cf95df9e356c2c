import { textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const containerSeccompProfile: Policy = {
  name: 'container-seccomp-profile',
  also: ['CKV_K8S_31'],
  check: ofPods(
    (pod) =>
      textAt(pod, 'securityContext', 'seccompProfile', 'type') !== 'RuntimeDefault' &&
      'has no seccomp profile',
  ),
};
