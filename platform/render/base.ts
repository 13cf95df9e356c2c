/** `apps/<component>/base`: what a component is in every environment. */

import type { Model } from '../model/model.ts';
import type { Component } from '../model/types.ts';
import { extraObjects } from './apps/index.ts';
import type { Inputs } from './inputs.ts';
import { kustomizeFolder } from './kustomization.ts';
import { sourceOf } from './metadata.ts';
import type { KubeObject, RenderedFile } from './tree.ts';
import { daemonSetOf, deploymentOf, statefulSetOf } from './workloads/deployment.ts';
import { cronJobOf, jobOf } from './workloads/job.ts';
import { rolloutOf } from './workloads/rollout.ts';
import {
  autoscalerOf,
  disruptionBudgetOf,
  monitorOf,
  serviceAccountOf,
  serviceOf,
} from './workloads/service.ts';

/** Has a folder of its own under `apps/`: everything that we run in the bank's or the monitoring namespace. */
export const hasApp = (component: Component): boolean =>
  component.workload.kind !== 'outside' &&
  component.workload.kind !== 'files' &&
  component.workload.kind !== 'chart';

function workloadOf(model: Model, component: Component): readonly KubeObject[] {
  const { workload } = component;
  switch (workload.kind) {
    case 'canary':
    case 'blue-green':
      return rolloutOf(model, component);
    case 'deployment':
      return deploymentOf(model, component);
    case 'statefulset':
      return statefulSetOf(model, component);
    case 'daemonset':
      return daemonSetOf(model, component);
    case 'job':
      return jobOf(model, component, workload.deadlineSeconds);
    case 'cronjob':
      return cronJobOf(model, component, workload);
    default:
      return [];
  }
}

const serves = (component: Component): boolean =>
  ['canary', 'blue-green', 'deployment', 'statefulset'].includes(component.workload.kind);

/** All objects of a component's base. */
export function baseObjects(model: Model, component: Component, inputs: Inputs): readonly KubeObject[] {
  const managed = component.workload.kind === 'managed';
  return [
    ...(managed ? [] : [serviceAccountOf(component)]),
    ...workloadOf(model, component),
    ...(component.service && !managed ? [serviceOf(component)] : []),
    ...(serves(component) ? [disruptionBudgetOf(component)] : []),
    ...autoscalerOf(component),
    ...monitorOf(component),
    ...(extraObjects[component.name]?.(model, component, inputs) ?? []),
  ];
}

/** The files of every component's base. */
export function renderBases(model: Model, inputs: Inputs): readonly RenderedFile[] {
  return model.components.filter(hasApp).flatMap((component) =>
    kustomizeFolder({
      path: `apps/${component.name}/base`,
      source: sourceOf(component),
      objects: baseObjects(model, component, inputs),
    }),
  );
}
