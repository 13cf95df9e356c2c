import { listAt, nameOf, namespaceOf } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';
import { backendsOf } from '../questions.ts';

export const danglingIngress: Policy = {
  name: 'dangling-ingress',
  also: ['ingress-targets-service'],
  check: ofKinds(['Ingress', 'HTTPRoute'], (object, { objects }) => {
    const wrong = backendsOf(object).find(({ name, port }) => {
      const service = objects.find(
        (other) =>
          other.kind === 'Service' && nameOf(other) === name && namespaceOf(other) === namespaceOf(object),
      );
      return !listAt(service, 'spec', 'ports').some((item) => item['port'] === port || item['name'] === port);
    });
    return wrong && `sends to ${wrong.name}:${String(wrong.port)}, which no service serves`;
  }),
};
