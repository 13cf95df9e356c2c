import { at } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const runAsNonRoot: Policy = {
  name: 'run-as-non-root',
  also: ['CKV_K8S_23'],
  check: ofPods((pod) => at(pod, 'securityContext', 'runAsNonRoot') !== true && 'may run as root'),
};
