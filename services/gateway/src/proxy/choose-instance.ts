import type { Instance } from '../config.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const jobResources = new Set(['jobs', 'scheduler']);
const catchUpCommands = new Set(['catch-up', 'is-catch-up-running']);

/**
 * Which instances serve a request: what runs or controls jobs goes to batch, else reading methods to read and all
 * others to write.
 * @param path the decoded path, as `readRequestPath` gives it
 */
export function chooseInstance(method: string, path: string): Instance {
  const [, rest = ''] = /^(?:\/fineract-provider)?\/api\/v\d+\/(.*)$/.exec(path) ?? [];
  const [resource = '', command = ''] = rest.split('/');
  if (jobResources.has(resource)) return 'batch';
  if (resource === 'loans' && catchUpCommands.has(command)) return 'batch';
  return readingMethods.has(method) ? 'read' : 'write';
}
