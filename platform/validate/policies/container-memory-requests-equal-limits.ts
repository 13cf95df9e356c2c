import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

/** Who uses more than was promised is killed when the node fills up. */
export const containerMemoryRequestsEqualLimits: Policy = {
  name: 'container-memory-requests-equal-limits',
  check: ofContainers(
    (container) =>
      at(container, 'resources', 'requests', 'memory') !== at(container, 'resources', 'limits', 'memory') &&
      'may use more memory than it requests',
  ),
};
