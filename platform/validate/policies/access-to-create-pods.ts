import { ofKinds, type Policy } from '../policy.ts';
import { grants } from '../questions.ts';

export const accessToCreatePods: Policy = {
  name: 'access-to-create-pods',
  check: ofKinds(
    ['Role', 'ClusterRole'],
    (object) =>
      grants(object, ['pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'], ['create']) &&
      'may start pods',
  ),
};
