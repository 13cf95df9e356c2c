import { namespaceOf, selects, textsAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';
import { podLabelsIn } from '../questions.ts';

export const danglingService: Policy = {
  name: 'dangling-service',
  also: ['service-targets-pod'],
  check: ofKinds(['Service'], (object, { objects }) => {
    const selector = textsAt(object, 'spec', 'selector');
    if (Object.keys(selector).length === 0) return undefined;
    return (
      !podLabelsIn(objects, namespaceOf(object)).some((labels) => selects(selector, labels)) &&
      'selects no pod'
    );
  }),
};
