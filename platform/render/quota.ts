/** What a namespace may ask for, and what a container may. */

import type { ILimitRange } from 'kubernetes-models/v1/LimitRange';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import type { Environment } from '../model/environments.ts';
import { waveAnnotation } from './metadata.ts';

const metadata = (name: string) => ({
  name,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'fineract', owner: 'bank-platform' },
  annotations: waveAnnotation(-1),
});

/** Requests are bounded; limits are not, for a burst on an idle node costs nobody anything. */
export const resourceQuota = ({ quota }: Environment): IResourceQuota => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: metadata('bank'),
  spec: {
    hard: {
      'requests.cpu': `${quota.cpuMillis}m`,
      'requests.memory': `${quota.memoryMi}Mi`,
      'requests.storage': `${quota.storageGi}Gi`,
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    },
  },
});

/** Defaults for pods that others bring (certificate challenges, operators' helpers); ours all state their own. */
export const limitRange = (): ILimitRange => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: metadata('bank'),
  spec: {
    limits: [
      {
        type: 'Container',
        defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        default: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
        max: { cpu: '4', memory: '8Gi' },
      },
    ],
  },
});
