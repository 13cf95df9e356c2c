import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const privilegedContainer: Policy = {
  name: 'privileged-container',
  also: ['container-security-context-privileged', 'CKV_K8S_16'],
  check: ofContainers(
    (container) => at(container, 'securityContext', 'privileged') === true && 'is privileged',
  ),
};
