import { listAt, textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const unsafeSysctls: Policy = {
  name: 'unsafe-sysctls',
  check: ofPods((pod) => {
    const [sysctl] = listAt(pod, 'securityContext', 'sysctls');
    return sysctl && `sets the kernel parameter ${textAt(sysctl, 'name')}`;
  }),
};
