/** Jobs run as Argo CD hooks, so that every sync runs them anew; CronJobs run by the clock. */

import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { labelsOf, metadataOf } from '../metadata.ts';
import { podTemplate } from '../pod.ts';
import type { KubeObject } from '../tree.ts';

const hook = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  'ignore-check.kube-linter.io/job-ttl-seconds-after-finished':
    'A time to live would make Argo CD see its hook vanish; the hook is deleted before the next run instead.',
};

export function jobOf(model: Model, component: Component, deadlineSeconds: number): readonly KubeObject[] {
  const metadata = metadataOf(component);
  const job: IJob = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...hook } },
    spec: {
      backoffLimit: 3,
      activeDeadlineSeconds: deadlineSeconds,
      template: podTemplate(model, component, { restartPolicy: 'Never' }),
    },
  };
  return [job];
}

export interface CronOptions {
  readonly schedule: string;
  readonly timeZone: string;
  readonly deadlineSeconds: number;
}

/** Never two runs at once; a start missed by more than an hour is left for the next day. */
export function cronJobOf(model: Model, component: Component, cron: CronOptions): readonly KubeObject[] {
  const cronJob: ICronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(component),
    spec: {
      schedule: cron.schedule,
      timeZone: cron.timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: labelsOf(component) },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: cron.deadlineSeconds,
          ttlSecondsAfterFinished: 172_800,
          template: podTemplate(model, component, { restartPolicy: 'Never' }),
        },
      },
    },
  };
  return [cronJob];
}
