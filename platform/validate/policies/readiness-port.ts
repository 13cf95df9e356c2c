import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';
import { servesPort } from '../questions.ts';

export const readinessPort: Policy = {
  name: 'readiness-port',
  check: ofContainers((container) => {
    const port =
      at(container, 'readinessProbe', 'httpGet', 'port') ??
      at(container, 'readinessProbe', 'tcpSocket', 'port');
    return (
      port !== undefined &&
      !servesPort(container, port) &&
      `is probed (readiness) on port ${String(port)}, which it does not serve`
    );
  }),
};
