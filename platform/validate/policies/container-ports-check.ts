import { listAt, textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const containerPortsCheck: Policy = {
  name: 'container-ports-check',
  check: ofContainers((container) => {
    const names = listAt(container, 'ports').map((port) => textAt(port, 'name') ?? '');
    const wrong = names.find((name, i) => name === '' || name.length > 15 || names.indexOf(name) !== i);
    return wrong !== undefined && `has a port named "${wrong}"; names are short and differ`;
  }),
};
