import { at, listAt, textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const readSecretFromEnvVar: Policy = {
  name: 'read-secret-from-env-var',
  also: ['CKV_K8S_35'],
  check: ofContainers((container) => {
    const env = listAt(container, 'env').find((item) => at(item, 'valueFrom', 'secretKeyRef') !== undefined);
    return (
      env && `reads ${textAt(env, 'name')} from its environment; mount a file where the program can read one`
    );
  }),
};
