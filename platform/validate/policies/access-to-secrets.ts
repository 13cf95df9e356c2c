import { ofKinds, type Policy } from '../policy.ts';
import { grants } from '../questions.ts';

export const accessToSecrets: Policy = {
  name: 'access-to-secrets',
  also: ['CKV2_K8S_5'],
  check: ofKinds(
    ['Role', 'ClusterRole'],
    (object) => grants(object, ['secrets'], ['get', 'list', 'watch']) && 'reads secrets',
  ),
};
