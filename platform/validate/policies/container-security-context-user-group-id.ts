import { at } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const containerSecurityContextUserGroupId: Policy = {
  name: 'container-security-context-user-group-id',
  also: ['CKV_K8S_40'],
  check: ofPods((pod) => {
    const low = ['runAsUser', 'runAsGroup'].some((id) => !(Number(at(pod, 'securityContext', id)) > 10_000));
    return low && 'does not run as a user and group above 10000';
  }),
};
