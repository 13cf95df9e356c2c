/** Plain Kubernetes workloads that serve: Deployment, StatefulSet, DaemonSet. */

import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { labelsOf, metadataOf, selectorOf } from '../metadata.ts';
import { podTemplate } from '../pod.ts';
import { compact, type KubeObject } from '../tree.ts';
import { headlessServiceOf } from './service.ts';

const template = (model: Model, component: Component) => podTemplate(model, component, { spread: true });

export function deploymentOf(model: Model, component: Component): readonly KubeObject[] {
  const deployment: IDeployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(component),
    spec: {
      replicas: component.replicas?.dev ?? 1,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorOf(component) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: template(model, component),
    },
  };
  return [deployment];
}

type ClaimTemplates = NonNullable<NonNullable<IStatefulSet['spec']>['volumeClaimTemplates']>;

/** The claim of a StatefulSet's volume; the provider's component sets the storage class. */
function claims(component: Component): ClaimTemplates | undefined {
  if (!component.storage) return undefined;
  const { name, sizeGi } = component.storage;
  return [
    {
      metadata: { name, labels: labelsOf(component) },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${sizeGi}Gi` } } },
    },
  ];
}

export function statefulSetOf(model: Model, component: Component): readonly KubeObject[] {
  const statefulSet: IStatefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(component),
    spec: compact<NonNullable<IStatefulSet['spec']>>({
      replicas: component.replicas?.dev ?? 1,
      serviceName: `${component.name}-nodes`,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorOf(component) },
      updateStrategy: { type: 'RollingUpdate' },
      // A volume outlives its pod and its set: deleting data is a decision, not a side effect.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: template(model, component),
      volumeClaimTemplates: claims(component),
    }),
  };
  return [statefulSet, headlessServiceOf(component)];
}

export function daemonSetOf(model: Model, component: Component): readonly KubeObject[] {
  const daemonSet: IDaemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataOf(component),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorOf(component) },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: podTemplate(model, component),
    },
  };
  return [daemonSet];
}
