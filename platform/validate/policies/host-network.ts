import { ofPods, type Policy } from '../policy.ts';

export const hostNetwork: Policy = {
  name: 'host-network',
  also: ['CKV_K8S_19'],
  check: ofPods((pod) => pod['hostNetwork'] === true && "shares its node's network"),
};
