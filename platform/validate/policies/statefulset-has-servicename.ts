import { nameOf, textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const statefulsetHasServicename: Policy = {
  name: 'statefulset-has-servicename',
  check: ofKinds(['StatefulSet'], (object, { objects }) => {
    const name = textAt(object, 'spec', 'serviceName');
    const there = objects.some((other) => other.kind === 'Service' && nameOf(other) === name);
    return !there && `names the service "${name}", which is not there`;
  }),
};
