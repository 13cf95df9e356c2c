import { ofKinds, type Policy } from '../policy.ts';
import { grants } from '../questions.ts';

export const sensitiveResources: Policy = {
  name: 'sensitive-resources',
  also: ['CKV_K8S_155', 'CKV2_K8S_2', 'CKV2_K8S_3'],
  check: ofKinds(
    ['Role', 'ClusterRole'],
    (object) =>
      grants(
        object,
        ['pods/exec', 'services/status', 'mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
        ['create', 'update', 'patch'],
      ) && 'reaches into pods, service status or admission',
  ),
};
