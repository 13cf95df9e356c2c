import { namespaceOf, selects, templateOf, textsAt } from '../objects.ts';
import { ofKinds, type Policy, servingKinds } from '../policy.ts';

export const hasPoddisruptionbudget: Policy = {
  name: 'has-poddisruptionbudget',
  also: ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'],
  check: ofKinds(servingKinds, (object, { objects }) => {
    const labels = textsAt(templateOf(object), 'metadata', 'labels');
    const budgets = objects.filter(
      (other) =>
        other.kind === 'PodDisruptionBudget' &&
        namespaceOf(other) === namespaceOf(object) &&
        selects(textsAt(other, 'spec', 'selector', 'matchLabels'), labels),
    );
    return budgets.length !== 1 && `has ${budgets.length} disruption budgets instead of one`;
  }),
};
