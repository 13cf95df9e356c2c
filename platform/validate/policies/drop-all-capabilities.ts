import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

/** A bank's programs need no power over the kernel. */
export const dropAllCapabilities: Policy = {
  name: 'drop-all-capabilities',
  also: ['drop-net-raw-capability', 'CKV_K8S_28', 'CKV_K8S_37'],
  check: ofContainers((container) => {
    const drop = at(container, 'securityContext', 'capabilities', 'drop');
    return !(Array.isArray(drop) && drop.includes('ALL')) && 'does not drop all capabilities';
  }),
};
