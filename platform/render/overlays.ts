/** `apps/<component>/overlays/<env>`: what an environment changes in a component's base. */

import { createHash } from 'node:crypto';
import { configValues } from '../model/config-values.ts';
import type { Environment } from '../model/environments.ts';
import { componentsIn, type Model, replicasIn } from '../model/model.ts';
import type { Component } from '../model/types.ts';
import { extraOverlays } from './apps/index.ts';
import { hasApp } from './base.ts';
import { edgeObjects } from './edge.ts';
import { kustomizeFolder, type Patch, type PatchOperation, pointer } from './kustomization.ts';
import { sourceOf } from './metadata.ts';
import type { RenderedFile } from './tree.ts';
import { templatePath, workloadTarget } from './workloads/paths.ts';

const replace = (path: string, value: unknown): PatchOperation => ({ op: 'replace', path, value });
const add = (path: string, value: unknown): PatchOperation => ({ op: 'add', path, value });

const scales = (component: Component): boolean =>
  ['canary', 'blue-green', 'deployment', 'statefulset'].includes(component.workload.kind);

/** Digest of the configuration a pod reads at start, so that a changed value rolls the pods that read it. */
function configDigest(model: Model, component: Component, environment: Environment): string | undefined {
  const values = configValues(model, environment);
  const read = (component.env ?? []).flatMap(({ config }) =>
    config ? [`${config}=${values[config] ?? ''}`] : [],
  );
  if (read.length === 0) return undefined;
  return createHash('sha256')
    .update([...new Set(read)].sort().join('\n'))
    .digest('hex')
    .slice(0, 16);
}

function workloadOperations(
  model: Model,
  component: Component,
  environment: Environment,
): readonly PatchOperation[] {
  if (!scales(component)) return [];
  const replicas = replicasIn(component, environment);
  const template = templatePath(component);
  const digest = configDigest(model, component, environment);
  return [
    ...(replicas !== replicasIn(component, { ...environment, stage: 'dev' }) && !component.autoscaling
      ? [replace('/spec/replicas', replicas)]
      : []),
    // In production the zones are a must: losing one leaves a replica of everything that has more than one.
    ...(environment.stage === 'production' && replicas > 1
      ? [replace(`${template}/spec/topologySpreadConstraints/0/whenUnsatisfiable`, 'DoNotSchedule')]
      : []),
    ...(digest
      ? [add(`${template}/metadata/annotations/${pointer('checksum/fineract-config')}`, digest)]
      : []),
    ...(environment.sleepsAtNight && component.place === 'bank'
      ? [add(`/metadata/labels/${pointer('fineract-gitops/sleeps')}`, 'at-night')]
      : []),
  ];
}

function autoscalerOperations(component: Component, environment: Environment): readonly PatchOperation[] {
  const { autoscaling } = component;
  if (!autoscaling || environment.stage === 'dev') return [];
  return [
    replace('/spec/minReplicas', replicasIn(component, environment)),
    replace('/spec/maxReplicas', autoscaling.replicasMax[environment.stage]),
  ];
}

/** All patches of one component in one environment. */
export function overlayPatches(
  model: Model,
  component: Component,
  environment: Environment,
): readonly Patch[] {
  const target = workloadTarget(component);
  return [
    ...(target ? [{ target, operations: workloadOperations(model, component, environment) }] : []),
    {
      target: { kind: 'HorizontalPodAutoscaler', name: component.name },
      operations: autoscalerOperations(component, environment),
    },
    ...(extraOverlays[component.name]?.(model, component, environment) ?? []),
  ];
}

/** The overlays of every component in every environment that runs it. */
export function renderOverlays(model: Model): readonly RenderedFile[] {
  return model.environments.flatMap((environment) =>
    componentsIn(model, environment)
      .filter(hasApp)
      .flatMap((component) =>
        kustomizeFolder({
          path: `apps/${component.name}/overlays/${environment.name}`,
          source: sourceOf(component),
          resources: ['../../base'],
          objects: edgeObjects(model, component, environment),
          patches: overlayPatches(model, component, environment),
        }),
      ),
  );
}
