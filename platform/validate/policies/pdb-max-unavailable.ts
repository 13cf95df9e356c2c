import { at } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const pdbMaxUnavailable: Policy = {
  name: 'pdb-max-unavailable',
  check: ofKinds(
    ['PodDisruptionBudget'],
    (object) =>
      [0, '0', '0%'].includes(at(object, 'spec', 'maxUnavailable') as string) &&
      'lets no pod go, so nodes cannot be drained',
  ),
};
