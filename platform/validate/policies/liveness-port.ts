import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';
import { servesPort } from '../questions.ts';

export const livenessPort: Policy = {
  name: 'liveness-port',
  check: ofContainers((container) => {
    const port =
      at(container, 'livenessProbe', 'httpGet', 'port') ??
      at(container, 'livenessProbe', 'tcpSocket', 'port');
    return (
      port !== undefined &&
      !servesPort(container, port) &&
      `is probed (liveness) on port ${String(port)}, which it does not serve`
    );
  }),
};
