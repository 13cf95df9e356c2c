import { selects, templateOf, textsAt } from '../objects.ts';
import { ofKinds, type Policy, servingKinds } from '../policy.ts';

export const mismatchingSelector: Policy = {
  name: 'mismatching-selector',
  also: [
    'deployment-pod-selector-labels-match-template-metadata-labels',
    'statefulset-pod-selector-labels-match-template-metadata-labels',
  ],
  check: ofKinds([...servingKinds, 'DaemonSet'], (object) => {
    const selector = textsAt(object, 'spec', 'selector', 'matchLabels');
    const labels = textsAt(templateOf(object), 'metadata', 'labels');
    return (
      (Object.keys(selector).length === 0 || !selects(selector, labels)) && 'does not select its own pods'
    );
  }),
};
