import { namespaceOf, selects, textsAt } from '../objects.ts';
import type { Policy } from '../policy.ts';
import { peersOf, podLabelsIn } from '../questions.ts';

export const danglingNetworkpolicypeerPodselector: Policy = {
  name: 'dangling-networkpolicypeer-podselector',
  check: (object, { objects }) =>
    object.kind !== 'NetworkPolicy'
      ? []
      : peersOf(object)
          .filter((peer) => peer['podSelector'] !== undefined && peer['namespaceSelector'] === undefined)
          .map((peer) => textsAt(peer, 'podSelector', 'matchLabels'))
          .filter(
            (selector) =>
              !podLabelsIn(objects, namespaceOf(object)).some((labels) => selects(selector, labels)),
          )
          .map((selector) => `lets pods through that are not there: ${JSON.stringify(selector)}`),
};
