import { at, nameOf, textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const hpaWithoutReplicas: Policy = {
  name: 'hpa-without-replicas',
  also: ['deployment-targeted-by-hpa-does-not-have-replicas-configured'],
  check: ofKinds(['Deployment', 'Rollout', 'StatefulSet'], (object, { objects }) => {
    const scaled = objects.some(
      (other) =>
        other.kind === 'HorizontalPodAutoscaler' &&
        textAt(other, 'spec', 'scaleTargetRef', 'name') === nameOf(object) &&
        textAt(other, 'spec', 'scaleTargetRef', 'kind') === object.kind,
    );
    return (
      scaled &&
      at(object, 'spec', 'replicas') !== undefined &&
      'sets replicas beside its autoscaler, which fight'
    );
  }),
};
