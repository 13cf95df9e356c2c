/**
 * `environments/<env>`: three rooms, each an Argo CD application of its own. `cluster` is what the whole cluster
 * shares, `bank` the environment's own namespace, `monitoring` the observability stack.
 */

import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { Environment } from '../model/environments.ts';
import { componentsIn, type Model, providerOf } from '../model/model.ts';
import type { Component } from '../model/types.ts';
import { hasApp } from './base.ts';
import { clusterObjects } from './cluster.ts';
import { kustomizeFolder, type Patch, relative } from './kustomization.ts';
import { waveAnnotation } from './metadata.ts';
import { networkPolicies } from './network.ts';
import { limitRange, resourceQuota } from './quota.ts';
import type { RenderedFile } from './tree.ts';
import { identityPatches } from './workload-identity.ts';

const sourceOf = (environment: Environment): string => `platform/model/environments.ts (${environment.name})`;

/** Kubernetes minor whose rules of Pod Security are enforced. */
const podSecurityVersion = 'v1.36';

/** A namespace that only takes pods of the `restricted` standard. */
export function namespaceOf(name: string): INamespace {
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': 'fineract',
        owner: 'bank-platform',
        ...Object.fromEntries(modes),
      },
      annotations: waveAnnotation(-2),
    },
  };
}

/** Overlays of an environment's components in one namespace, as paths from `folder`. */
function overlaysOf(
  model: Model,
  environment: Environment,
  place: Component['place'],
  folder: string,
): readonly string[] {
  const names = componentsIn(model, environment)
    .filter((component) => component.place === place && hasApp(component))
    .map((component) => component.name);
  const shared = place === 'bank' ? ['fineract'] : [];
  return [...shared, ...names]
    .sort()
    .map((name) => relative(folder, `apps/${name}/overlays/${environment.name}`));
}

function componentFolders(model: Model, environment: Environment, folder: string): readonly string[] {
  const provider = providerOf(model, environment.provider).folder;
  return [
    relative(folder, `components/providers/${provider}`),
    relative(folder, `components/profiles/${environment.profile}`),
  ];
}

function bankRoom(model: Model, environment: Environment, folder: string): readonly RenderedFile[] {
  const patches: readonly Patch[] = identityPatches(model, environment);
  return [
    ...kustomizeFolder({
      path: folder,
      source: sourceOf(environment),
      namespace: environment.namespace,
      objects: [namespaceOf(environment.namespace), resourceQuota(environment), limitRange()],
      resources: ['network-policies', ...overlaysOf(model, environment, 'bank', folder)],
      components: componentFolders(model, environment, folder),
      patches,
    }),
    ...policyFolder(model, environment, 'bank', folder),
  ];
}

function monitoringRoom(model: Model, environment: Environment, folder: string): readonly RenderedFile[] {
  return [
    ...kustomizeFolder({
      path: folder,
      source: sourceOf(environment),
      namespace: 'monitoring',
      objects: [namespaceOf('monitoring')],
      resources: ['network-policies', ...overlaysOf(model, environment, 'monitoring', folder)],
      patches: storagePatches(model, environment),
    }),
    ...policyFolder(model, environment, 'monitoring', folder),
  ];
}

/** Monitoring is the same on every provider but for the class of its volumes. */
function storagePatches(model: Model, environment: Environment): readonly Patch[] {
  const { storageClass } = providerOf(model, environment.provider);
  return componentsIn(model, environment)
    .filter((c) => c.place === 'monitoring' && c.storage && c.workload.kind === 'statefulset')
    .map(({ name }) => ({
      target: { kind: 'StatefulSet', name },
      operations: [
        { op: 'add', path: '/spec/volumeClaimTemplates/0/spec/storageClassName', value: storageClass },
      ],
    }));
}

function policyFolder(
  model: Model,
  environment: Environment,
  place: 'bank' | 'monitoring',
  folder: string,
): readonly RenderedFile[] {
  const path = `${folder}/network-policies`;
  const policies = networkPolicies(model, environment, place);
  const files = policies.map((value) => ({ name: `${value.metadata?.name}.yaml`, value }));
  const source = 'the connections in platform/model/components';
  return [
    ...kustomizeFolder({ path, source, resources: files.map(({ name }) => name).sort() }),
    ...files.map(({ name, value }) => ({ path: `${path}/${name}`, source, value })),
  ];
}

export function renderEnvironments(model: Model): readonly RenderedFile[] {
  return model.environments.flatMap((environment) => {
    const folder = `environments/${environment.name}`;
    return [
      ...kustomizeFolder({
        path: folder,
        source: sourceOf(environment),
        resources: ['cluster', 'bank', 'monitoring'],
      }),
      ...kustomizeFolder({
        path: `${folder}/cluster`,
        source: sourceOf(environment),
        objects: clusterObjects(model, environment),
      }),
      ...bankRoom(model, environment, `${folder}/bank`),
      ...monitoringRoom(model, environment, `${folder}/monitoring`),
    ];
  });
}
