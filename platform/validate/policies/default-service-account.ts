import { textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const defaultServiceAccount: Policy = {
  name: 'default-service-account',
  also: ['CKV_K8S_41', 'CKV_K8S_42'],
  check: ofPods(
    (pod) =>
      [undefined, 'default'].includes(textAt(pod, 'serviceAccountName')) &&
      'uses the default service account',
  ),
};
