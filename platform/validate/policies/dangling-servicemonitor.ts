import { namespaceOf, selects, textsAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';
import { podLabelsIn } from '../questions.ts';

export const danglingServicemonitor: Policy = {
  name: 'dangling-servicemonitor',
  check: ofKinds(['ServiceMonitor', 'PodMonitor'], (object, { objects }) => {
    const selector = textsAt(object, 'spec', 'selector', 'matchLabels');
    const targets =
      object.kind === 'PodMonitor'
        ? podLabelsIn(objects, namespaceOf(object))
        : objects
            .filter((other) => other.kind === 'Service' && namespaceOf(other) === namespaceOf(object))
            .map((service) => textsAt(service, 'metadata', 'labels'));
    return !targets.some((labels) => selects(selector, labels)) && 'scrapes nothing';
  }),
};
