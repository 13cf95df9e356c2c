import { textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const restartPolicy: Policy = {
  name: 'restart-policy',
  also: ['cronjob-restartpolicy'],
  check: ofPods((pod, object) => {
    const expected = ['Job', 'CronJob'].includes(object.kind)
      ? ['Never', 'OnFailure']
      : [undefined, 'Always'];
    return (
      !expected.includes(textAt(pod, 'restartPolicy')) &&
      `has the restart policy ${textAt(pod, 'restartPolicy')}`
    );
  }),
};
