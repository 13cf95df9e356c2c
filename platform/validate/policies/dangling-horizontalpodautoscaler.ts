import { nameOf, namespaceOf, textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const danglingHorizontalpodautoscaler: Policy = {
  name: 'dangling-horizontalpodautoscaler',
  also: ['horizontalpodautoscaler-has-target'],
  check: ofKinds(['HorizontalPodAutoscaler'], (object, { objects }) => {
    const [kind, name] = [
      textAt(object, 'spec', 'scaleTargetRef', 'kind'),
      textAt(object, 'spec', 'scaleTargetRef', 'name'),
    ];
    const there = objects.some(
      (other) => other.kind === kind && nameOf(other) === name && namespaceOf(other) === namespaceOf(object),
    );
    return !there && `scales the ${kind} "${name}", which is not there`;
  }),
};
