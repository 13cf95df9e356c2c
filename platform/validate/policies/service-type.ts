import { textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const serviceType: Policy = {
  name: 'service-type',
  also: ['exposed-services'],
  check: ofKinds(
    ['Service'],
    (object) =>
      !['ClusterIP', 'ExternalName', undefined].includes(textAt(object, 'spec', 'type')) &&
      'opens a port of every node or a load balancer of its own',
  ),
};
