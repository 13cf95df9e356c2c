import { listAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const hostPort: Policy = {
  name: 'host-port',
  also: ['CKV_K8S_26'],
  check: ofContainers((container) => {
    const port = listAt(container, 'ports').find((item) => item['hostPort'] !== undefined);
    return port && `takes port ${String(port['hostPort'])} of its node`;
  }),
};
