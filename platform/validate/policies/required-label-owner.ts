import { textsAt } from '../objects.ts';
import type { Policy } from '../policy.ts';

export const requiredLabelOwner: Policy = {
  name: 'required-label-owner',
  check: (object) => (textsAt(object, 'metadata', 'labels')['owner'] ? [] : ['has no label owner']),
};
