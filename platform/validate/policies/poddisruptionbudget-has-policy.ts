import { at } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const poddisruptionbudgetHasPolicy: Policy = {
  name: 'poddisruptionbudget-has-policy',
  check: ofKinds(
    ['PodDisruptionBudget'],
    (object) =>
      at(object, 'spec', 'maxUnavailable') === undefined &&
      at(object, 'spec', 'minAvailable') === undefined &&
      'says neither how many pods may go nor how many must stay',
  ),
};
