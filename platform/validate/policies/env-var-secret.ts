import { listAt, textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const envVarSecret: Policy = {
  name: 'env-var-secret',
  check: ofContainers((container) => {
    const plain = listAt(container, 'env').find(
      (env) =>
        /(SECRET|PASSWORD|TOKEN|API_KEY)$/.test(textAt(env, 'name') ?? '') &&
        (textAt(env, 'value') ?? '') !== '',
    );
    return plain && `has ${textAt(plain, 'name')} in plain text`;
  }),
};
