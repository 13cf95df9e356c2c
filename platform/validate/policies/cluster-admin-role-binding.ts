import { textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const clusterAdminRoleBinding: Policy = {
  name: 'cluster-admin-role-binding',
  check: ofKinds(
    ['RoleBinding', 'ClusterRoleBinding'],
    (object) => textAt(object, 'roleRef', 'name') === 'cluster-admin' && 'gives somebody the whole cluster',
  ),
};
