import { ofPods, type Policy } from '../policy.ts';

export const hostPid: Policy = {
  name: 'host-pid',
  also: ['CKV_K8S_17'],
  check: ofPods((pod) => pod['hostPID'] === true && "sees its node's processes"),
};
