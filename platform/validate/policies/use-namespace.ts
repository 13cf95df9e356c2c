import { clusterScoped } from '../../render/scope.ts';
import { namespaceOf } from '../objects.ts';
import type { Policy } from '../policy.ts';

export const useNamespace: Policy = {
  name: 'use-namespace',
  also: ['CKV_K8S_21'],
  check: (object) =>
    clusterScoped.has(object.kind) || !['', 'default'].includes(namespaceOf(object))
      ? []
      : ['has no namespace'],
};
