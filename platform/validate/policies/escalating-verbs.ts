import { listAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const escalatingVerbs: Policy = {
  name: 'escalating-verbs',
  also: ['CKV_K8S_156', 'CKV_K8S_157', 'CKV_K8S_158', 'CKV2_K8S_1', 'CKV2_K8S_4'],
  check: ofKinds(['Role', 'ClusterRole'], (object) => {
    const verbs = listAt(object, 'rules').flatMap((rule) =>
      Array.isArray(rule['verbs']) ? rule['verbs'] : [],
    );
    const found = ['bind', 'escalate', 'impersonate', 'approve'].find((verb) => verbs.includes(verb));
    return found && `may ${found}`;
  }),
};
