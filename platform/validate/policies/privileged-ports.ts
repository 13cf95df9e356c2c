import { listAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const privilegedPorts: Policy = {
  name: 'privileged-ports',
  check: ofContainers((container) => {
    const port = listAt(container, 'ports').find((item) => Number(item['containerPort']) < 1024);
    return port && `listens on port ${String(port['containerPort'])}, which only root may`;
  }),
};
