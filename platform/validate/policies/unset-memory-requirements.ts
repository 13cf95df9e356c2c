import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const unsetMemoryRequirements: Policy = {
  name: 'unset-memory-requirements',
  also: ['container-resources', 'CKV_K8S_12', 'CKV_K8S_13'],
  check: ofContainers(
    (container) =>
      (at(container, 'resources', 'requests', 'memory') === undefined ||
        at(container, 'resources', 'limits', 'memory') === undefined) &&
      'says no memory request or limit',
  ),
};
