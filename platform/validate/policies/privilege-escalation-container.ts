import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const privilegeEscalationContainer: Policy = {
  name: 'privilege-escalation-container',
  also: ['CKV_K8S_20'],
  check: ofContainers(
    (container) =>
      at(container, 'securityContext', 'allowPrivilegeEscalation') !== false && 'may gain privileges',
  ),
};
