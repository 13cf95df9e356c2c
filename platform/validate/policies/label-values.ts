import { textsAt } from '../objects.ts';
import type { Policy } from '../policy.ts';

export const labelValues: Policy = {
  name: 'label-values',
  check: (object) =>
    Object.entries(textsAt(object, 'metadata', 'labels'))
      .filter(([, value]) => !/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value))
      .map(([key]) => `has a label ${key} that Kubernetes refuses`),
};
