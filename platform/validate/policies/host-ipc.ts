import { ofPods, type Policy } from '../policy.ts';

export const hostIpc: Policy = {
  name: 'host-ipc',
  also: ['CKV_K8S_18'],
  check: ofPods((pod) => pod['hostIPC'] === true && "shares its node's IPC"),
};
