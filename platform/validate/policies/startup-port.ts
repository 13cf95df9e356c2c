import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';
import { servesPort } from '../questions.ts';

export const startupPort: Policy = {
  name: 'startup-port',
  check: ofContainers((container) => {
    const port =
      at(container, 'startupProbe', 'httpGet', 'port') ?? at(container, 'startupProbe', 'tcpSocket', 'port');
    return (
      port !== undefined &&
      !servesPort(container, port) &&
      `is probed (startup) on port ${String(port)}, which it does not serve`
    );
  }),
};
