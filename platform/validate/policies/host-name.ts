import { ofKinds, type Policy } from '../policy.ts';

/** A generated name changes with every cluster; the bank has one of its own. */
export const hostName: Policy = {
  name: 'host-name',
  check: ofKinds(
    ['Ingress', 'HTTPRoute', 'Gateway'],
    (object) =>
      /amazonaws\.com|cloudapp\.|\.nip\.io|PENDING|CHANGEME/i.test(JSON.stringify(object)) &&
      "holds a load balancer's host name or a placeholder",
  ),
};
