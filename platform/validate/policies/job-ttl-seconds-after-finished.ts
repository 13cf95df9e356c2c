import { at } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

/** A hook is deleted by Argo CD; a time to live would make it vanish before Argo CD saw it. */
export const jobTtlSecondsAfterFinished: Policy = {
  name: 'job-ttl-seconds-after-finished',
  check: ofKinds(['Job', 'CronJob'], (object) => {
    const hook = object.metadata?.annotations?.['argocd.argoproj.io/hook'] !== undefined;
    const deleted = object.metadata?.annotations?.['argocd.argoproj.io/hook-delete-policy'] !== undefined;
    const kept =
      at(object, 'spec', 'ttlSecondsAfterFinished') ??
      at(object, 'spec', 'jobTemplate', 'spec', 'ttlSecondsAfterFinished') ??
      at(object, 'spec', 'successfulJobsHistoryLimit');
    if (hook) return !deleted && 'is a hook without a delete policy, so it runs once and never again';
    return kept === undefined && 'is never cleaned up after it finished';
  }),
};
