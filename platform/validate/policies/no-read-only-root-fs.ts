import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const noReadOnlyRootFs: Policy = {
  name: 'no-read-only-root-fs',
  also: ['container-security-context-readonlyrootfilesystem', 'CKV_K8S_22'],
  check: ofContainers(
    (container) =>
      at(container, 'securityContext', 'readOnlyRootFilesystem') !== true && 'may write its root file system',
  ),
};
