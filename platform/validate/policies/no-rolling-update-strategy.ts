import { textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const noRollingUpdateStrategy: Policy = {
  name: 'no-rolling-update-strategy',
  also: ['deployment-strategy'],
  check: ofKinds(['Deployment', 'StatefulSet', 'DaemonSet'], (object) => {
    const strategy =
      textAt(object, 'spec', 'strategy', 'type') ?? textAt(object, 'spec', 'updateStrategy', 'type');
    return strategy !== 'RollingUpdate' && 'does not say that it is updated pod by pod';
  }),
};
