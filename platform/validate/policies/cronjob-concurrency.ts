import { textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const cronjobConcurrency: Policy = {
  name: 'cronjob-concurrency',
  check: ofKinds(
    ['CronJob'],
    (object) => textAt(object, 'spec', 'concurrencyPolicy') !== 'Forbid' && 'may run twice at once',
  ),
};
