import { listAt, textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const duplicateEnvVar: Policy = {
  name: 'duplicate-env-var',
  also: ['environment-variable-key-duplication'],
  check: ofContainers((container) => {
    const names = listAt(container, 'env').map((env) => textAt(env, 'name'));
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    return twice !== undefined && `sets ${twice} twice`;
  }),
};
