import { at, nameOf, podSpecOf, textAt } from '../objects.ts';
import { ofKinds, type Policy, servingKinds } from '../policy.ts';

/** The source has two write and three read instances; one is never enough for what the bank cannot be without. */
export const minimumReplicas: Policy = {
  name: 'minimum-replicas',
  also: ['minimum-three-replicas', 'hpa-minimum-three-replicas', 'deployment-replicas'],
  check: ofKinds(servingKinds, (object, { stage, objects }) => {
    const critical = textAt(podSpecOf(object), 'priorityClassName') === 'bank-critical';
    const scaler = objects.find(
      (other) =>
        other.kind === 'HorizontalPodAutoscaler' &&
        textAt(other, 'spec', 'scaleTargetRef', 'name') === nameOf(object),
    );
    const replicas = Number(at(scaler, 'spec', 'minReplicas') ?? at(object, 'spec', 'replicas') ?? 1);
    return (
      stage === 'production' &&
      critical &&
      replicas < 2 &&
      `is critical and has ${replicas} replica in production`
    );
  }),
};
