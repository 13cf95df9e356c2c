import { containersOf, listAt, namespaceOf, selects, templateOf, textsAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';
import { servesPort } from '../questions.ts';

export const invalidTargetPorts: Policy = {
  name: 'invalid-target-ports',
  check: ofKinds(['Service'], (object, { objects }) => {
    const selector = textsAt(object, 'spec', 'selector');
    if (Object.keys(selector).length === 0) return undefined;
    const pods = objects.filter(
      (other) =>
        namespaceOf(other) === namespaceOf(object) &&
        templateOf(other) &&
        selects(selector, textsAt(templateOf(other), 'metadata', 'labels')),
    );
    if (pods.length === 0) return undefined;
    const wrong = listAt(object, 'spec', 'ports').find(
      (port) =>
        !pods.some((pod) =>
          containersOf(pod).some((container) => servesPort(container, port['targetPort'] ?? port['port'])),
        ),
    );
    return wrong && `sends to port ${String(wrong['targetPort'])}, which its pods do not serve`;
  }),
};
