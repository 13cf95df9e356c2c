import { nameOf, namespaceOf, textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const nonExistentServiceAccount: Policy = {
  name: 'non-existent-service-account',
  check: ofPods((pod, object, { objects }) => {
    const name = textAt(pod, 'serviceAccountName') ?? 'default';
    const there = objects.some(
      (other) =>
        other.kind === 'ServiceAccount' &&
        nameOf(other) === name &&
        namespaceOf(other) === namespaceOf(object),
    );
    return !there && `uses the service account "${name}", which is not there`;
  }),
};
