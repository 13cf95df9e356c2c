import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const containerEphemeralStorageRequestAndLimit: Policy = {
  name: 'container-ephemeral-storage-request-and-limit',
  check: ofContainers(
    (container) =>
      (at(container, 'resources', 'requests', 'ephemeral-storage') === undefined ||
        at(container, 'resources', 'limits', 'ephemeral-storage') === undefined) &&
      'says no ephemeral storage request or limit',
  ),
};
