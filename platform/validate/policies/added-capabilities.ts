import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const addedCapabilities: Policy = {
  name: 'added-capabilities',
  also: ['CKV_K8S_24', 'CKV_K8S_25', 'CKV_K8S_39'],
  check: ofContainers((container) => {
    const add = at(container, 'securityContext', 'capabilities', 'add');
    return Array.isArray(add) && add.length > 0 && `adds the capabilities ${add.join(', ')}`;
  }),
};
