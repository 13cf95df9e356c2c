/**
 * Argo Rollouts. The read instances go out as a canary, for two versions may answer queries side by side; the write
 * instances as blue-green, for two versions of the ledger must not take commands at once.
 */

import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { metadataOf, selectorOf } from '../metadata.ts';
import { podTemplate } from '../pod.ts';
import { compact, type KubeObject } from '../tree.ts';
import { serviceOf } from './service.ts';

type Strategy = NonNullable<NonNullable<IRollout['spec']>['strategy']>;

const previewName = (component: Component): string =>
  `${component.service?.name.replace(/-service$/, '') ?? component.name}-preview-service`;

/** What the analysis is told about the release it judges. */
const latestRelease = (
  component: Component,
): { name: string; value?: string; valueFrom?: { podTemplateHashValue: 'Latest' } }[] => [
  { name: 'component', value: component.name },
  { name: 'pod-template-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
];

function canary(component: Component): Strategy {
  return {
    canary: {
      maxSurge: 1,
      maxUnavailable: 0,
      analysis: {
        startingStep: 1,
        templates: [{ templateName: 'release-health' }],
        args: latestRelease(component),
      },
      steps: [
        { setWeight: 20 },
        { pause: { duration: '2m' } },
        { setWeight: 50 },
        { pause: { duration: '2m' } },
        { setWeight: 100 },
      ],
    },
  };
}

function blueGreen(component: Component): Strategy {
  return {
    blueGreen: {
      activeService: component.service?.name ?? component.name,
      previewService: previewName(component),
      autoPromotionEnabled: true,
      scaleDownDelaySeconds: 60,
      prePromotionAnalysis: {
        templates: [{ templateName: 'release-smoke' }],
        args: [
          { name: 'service', value: previewName(component) },
          { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
        ],
      },
      postPromotionAnalysis: {
        templates: [{ templateName: 'release-health' }],
        args: latestRelease(component),
      },
    },
  };
}

/** The Rollout, and for blue-green the Service on which the new version is tried. */
export function rolloutOf(model: Model, component: Component): readonly KubeObject[] {
  const isBlueGreen = component.workload.kind === 'blue-green';
  const rollout: IRollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadataOf(component),
    spec: compact<NonNullable<IRollout['spec']>>({
      replicas: component.autoscaling ? undefined : (component.replicas?.dev ?? 1),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 900,
      progressDeadlineAbort: true,
      selector: { matchLabels: selectorOf(component) },
      strategy: isBlueGreen ? blueGreen(component) : canary(component),
      template: podTemplate(model, component, { spread: true }),
    }),
  };
  return [rollout, ...(isBlueGreen ? [serviceOf(component, previewName(component))] : [])];
}
