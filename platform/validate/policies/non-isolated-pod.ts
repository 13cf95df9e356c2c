import { at, namespaceOf, selects, templateOf, textsAt } from '../objects.ts';
import type { Policy } from '../policy.ts';

export const nonIsolatedPod: Policy = {
  name: 'non-isolated-pod',
  also: ['pod-networkpolicy', 'CKV2_K8S_6'],
  check: (object, { objects }) => {
    const template = templateOf(object);
    if (!template) return [];
    const labels = textsAt(template, 'metadata', 'labels');
    const covered = (type: string): boolean =>
      objects.some((other) => {
        const types = at(other, 'spec', 'policyTypes');
        return (
          other.kind === 'NetworkPolicy' &&
          namespaceOf(other) === namespaceOf(object) &&
          selects(textsAt(other, 'spec', 'podSelector', 'matchLabels'), labels) &&
          Array.isArray(types) &&
          types.includes(type)
        );
      });
    return ['Ingress', 'Egress']
      .filter((type) => !covered(type))
      .map((type) => `has pods without a policy for ${type}`);
  },
};
