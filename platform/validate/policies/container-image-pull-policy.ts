import { textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

/** The default depends on the tag, which surprises. */
export const containerImagePullPolicy: Policy = {
  name: 'container-image-pull-policy',
  also: ['CKV_K8S_15'],
  check: ofContainers(
    (container) => textAt(container, 'imagePullPolicy') === undefined && 'says no image pull policy',
  ),
};
