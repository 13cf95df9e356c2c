import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const unsetCpuRequirements: Policy = {
  name: 'unset-cpu-requirements',
  also: ['container-resources', 'CKV_K8S_10', 'CKV_K8S_11'],
  check: ofContainers(
    (container) =>
      (at(container, 'resources', 'requests', 'cpu') === undefined ||
        at(container, 'resources', 'limits', 'cpu') === undefined) &&
      'says no CPU request or limit',
  ),
};
