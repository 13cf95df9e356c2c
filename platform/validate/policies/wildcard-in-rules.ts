import { listAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const wildcardInRules: Policy = {
  name: 'wildcard-in-rules',
  also: ['CKV_K8S_49'],
  check: ofKinds(['Role', 'ClusterRole'], (object) => {
    const wild = listAt(object, 'rules').some((rule) =>
      ['verbs', 'resources', 'apiGroups'].some(
        (field) => Array.isArray(rule[field]) && rule[field].includes('*'),
      ),
    );
    return wild && 'may do anything to something (*)';
  }),
};
