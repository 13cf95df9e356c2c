import { at } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const horizontalpodautoscalerReplicas: Policy = {
  name: 'horizontalpodautoscaler-replicas',
  check: ofKinds(
    ['HorizontalPodAutoscaler'],
    (object) =>
      !(Number(at(object, 'spec', 'maxReplicas')) > Number(at(object, 'spec', 'minReplicas') ?? 1)) &&
      'has no room to scale',
  ),
};
