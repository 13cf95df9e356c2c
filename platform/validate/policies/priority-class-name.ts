import { ofPods, type Policy } from '../policy.ts';

export const priorityClassName: Policy = {
  name: 'priority-class-name',
  check: ofPods((pod) => pod['priorityClassName'] === undefined && 'has no priority class'),
};
