import { textAt } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

/** What runs tomorrow must be what was tested today. */
export const latestTag: Policy = {
  name: 'latest-tag',
  also: ['container-image-tag', 'CKV_K8S_14'],
  check: ofContainers((container) => {
    const tag = /:([^/@]+)(@|$)/.exec(textAt(container, 'image') ?? '')?.[1];
    return (tag === undefined || tag === 'latest') && 'pulls an image without an exact tag';
  }),
};
