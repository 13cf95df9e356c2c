import { textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const unsafeProcMount: Policy = {
  name: 'unsafe-proc-mount',
  check: ofContainers(
    (container) =>
      ![undefined, 'Default'].includes(textAt(container, 'securityContext', 'procMount')) && 'unmasks /proc',
  ),
};
