import { namespaceOf, selects, textsAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';
import { podLabelsIn } from '../questions.ts';

export const danglingNetworkpolicy: Policy = {
  name: 'dangling-networkpolicy',
  also: ['networkpolicy-targets-pod'],
  check: ofKinds(['NetworkPolicy'], (object, { objects }) => {
    const selector = textsAt(object, 'spec', 'podSelector', 'matchLabels');
    const hits = podLabelsIn(objects, namespaceOf(object)).some((labels) => selects(selector, labels));
    return !hits && 'guards no pod';
  }),
};
