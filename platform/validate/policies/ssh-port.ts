import { listAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const sshPort: Policy = {
  name: 'ssh-port',
  check: ofContainers((container) => {
    const port = listAt(container, 'ports').find((item) => item['containerPort'] === 22);
    return port && 'serves SSH';
  }),
};
