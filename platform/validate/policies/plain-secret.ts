import { ofKinds, type Policy } from '../policy.ts';

/** Secrets are sealed. */
export const plainSecret: Policy = {
  name: 'plain-secret',
  check: ofKinds(['Secret'], () => 'stands in Git in plain text'),
};
