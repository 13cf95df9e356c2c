import { at } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const cronjobHasDeadline: Policy = {
  name: 'cronjob-has-deadline',
  check: ofKinds(['CronJob'], (object) => {
    const starts = at(object, 'spec', 'startingDeadlineSeconds');
    const ends = at(object, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds');
    return (
      (starts === undefined || ends === undefined) &&
      'says neither how late it may start nor how long it may run'
    );
  }),
};
