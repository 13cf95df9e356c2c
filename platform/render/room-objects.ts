/** The objects that an environment's three rooms hold, before patches; patches change values, never kinds. */

import type { Environment } from '../model/environments.ts';
import { componentsIn, type Model } from '../model/model.ts';
import { baseObjects, hasApp } from './base.ts';
import { clusterObjects } from './cluster.ts';
import { edgeObjects } from './edge.ts';
import { namespaceOf } from './environments.ts';
import type { Inputs } from './inputs.ts';
import { networkPolicies } from './network.ts';
import { limitRange, resourceQuota } from './quota.ts';
import { sharedObjects } from './shared.ts';
import type { KubeObject } from './tree.ts';

export function roomObjects(
  model: Model,
  environment: Environment,
  inputs: Inputs,
): Readonly<Record<'bank' | 'monitoring' | 'cluster', readonly KubeObject[]>> {
  const apps = (place: 'bank' | 'monitoring'): readonly KubeObject[] =>
    componentsIn(model, environment)
      .filter((component) => component.place === place && hasApp(component))
      .flatMap((component) => [
        ...baseObjects(model, component, inputs),
        ...edgeObjects(model, component, environment),
      ]);
  return {
    cluster: clusterObjects(model, environment),
    bank: [
      namespaceOf(environment.namespace),
      resourceQuota(environment),
      limitRange(),
      ...networkPolicies(model, environment, 'bank'),
      ...sharedObjects(model),
      ...apps('bank'),
    ],
    monitoring: [
      namespaceOf('monitoring'),
      ...networkPolicies(model, environment, 'monitoring'),
      ...apps('monitoring'),
    ],
  };
}
