import { at, selects, templateOf, textsAt } from '../objects.ts';
import { ofKinds, type Policy, servingKinds } from '../policy.ts';

export const pdbMinAvailable: Policy = {
  name: 'pdb-min-available',
  check: ofKinds(['PodDisruptionBudget'], (object, { objects }) => {
    const least = at(object, 'spec', 'minAvailable');
    if (least === undefined) return undefined;
    const selector = textsAt(object, 'spec', 'selector', 'matchLabels');
    const guarded = objects.find(
      (other) =>
        servingKinds.includes(other.kind) &&
        selects(selector, textsAt(templateOf(other), 'metadata', 'labels')),
    );
    const all = least === '100%' || Number(least) >= Number(at(guarded, 'spec', 'replicas') ?? 1);
    return all && 'wants every pod to stay, so nodes cannot be drained';
  }),
};
