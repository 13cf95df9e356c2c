import { listAt, textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const sensitiveHostMounts: Policy = {
  name: 'sensitive-host-mounts',
  also: ['writable-host-mount'],
  check: ofPods((pod) => {
    const volume = listAt(pod, 'volumes').find((item) => item['hostPath'] !== undefined);
    return volume && `mounts ${textAt(volume, 'hostPath', 'path')} of its node`;
  }),
};
