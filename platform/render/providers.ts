/**
 * `components/providers/<provider>`: what a provider changes in the bases: storage classes, the managed database under
 * the same Service names, access to the object store with or without keys.
 */

import type { IService } from 'kubernetes-models/v1/Service';
import type { Model } from '../model/model.ts';
import type { Provider } from '../model/providers.ts';
import type { Component } from '../model/types.ts';
import { extraProviders } from './apps/index.ts';
import { hasApp } from './base.ts';
import { kustomizeFolder, type Patch, type PatchOperation, pointer } from './kustomization.ts';
import { waveAnnotation } from './metadata.ts';
import { envVar } from './pod.ts';
import type { RenderedFile } from './tree.ts';
import { containerPath, templatePath, workloadTarget } from './workloads/paths.ts';

/** Terraform makes this private zone in each environment's network, so no generated host name stands in Git. */
const privateZone = 'fineract.internal';

const alias = (name: string, externalName: string): IService => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name,
    labels: {
      'app.kubernetes.io/name': 'postgresql',
      'app.kubernetes.io/part-of': 'fineract',
      owner: 'bank-platform',
    },
    annotations: waveAnnotation(1),
  },
  spec: {
    type: 'ExternalName',
    externalName,
    ports: [{ name: 'sql', port: 5432, targetPort: 5432, protocol: 'TCP' }],
  },
});

const databaseServices = (provider: Provider): readonly IService[] =>
  provider.database.managed
    ? [
        alias('postgresql-service', `postgresql.${privateZone}`),
        alias('postgresql-read-service', `postgresql-read.${privateZone}`),
      ]
    : [];

/** Static keys where there is no workload identity; the marking that the identity webhook looks for where there is. */
function objectStoreOperations(component: Component, provider: Provider): readonly PatchOperation[] {
  if (!component.objectStoreAccess) return [];
  if (provider.identity === 'none') {
    const env = `${containerPath(component, component.name)}/env/-`;
    const secret = (key: string) => ({ name: 'object-store-credentials', key });
    return [
      { op: 'add', path: env, value: envVar({ name: 'AWS_ACCESS_KEY_ID', secret: secret('access-key-id') }) },
      {
        op: 'add',
        path: env,
        value: envVar({ name: 'AWS_SECRET_ACCESS_KEY', secret: secret('secret-access-key') }),
      },
    ];
  }
  if (provider.name !== 'azure') return [];
  const label = `${templatePath(component)}/metadata/labels/${pointer('azure.workload.identity/use')}`;
  return [{ op: 'add', path: label, value: 'true' }];
}

const storageOperations = (component: Component, provider: Provider): readonly PatchOperation[] =>
  component.storage && component.workload.kind === 'statefulset'
    ? [
        {
          op: 'add',
          path: '/spec/volumeClaimTemplates/0/spec/storageClassName',
          value: provider.storageClass,
        },
      ]
    : [];

function providerPatches(model: Model, provider: Provider): readonly Patch[] {
  const runs = (component: Component): boolean =>
    !component.providers || component.providers.includes(provider.name);
  return model.components
    .filter((component) => hasApp(component) && runs(component))
    .flatMap((component) => {
      const target = workloadTarget(component);
      const operations = [
        ...storageOperations(component, provider),
        ...objectStoreOperations(component, provider),
      ];
      return [
        ...(target ? [{ target, operations }] : []),
        ...(extraProviders[component.name]?.(model, component, provider) ?? []),
      ];
    });
}

export function renderProviders(model: Model): readonly RenderedFile[] {
  return Object.values(model.providers).flatMap((provider) =>
    kustomizeFolder({
      path: `components/providers/${provider.folder}`,
      source: `platform/model/providers.ts (${provider.name})`,
      kind: 'Component',
      labels: { 'fineract-gitops/provider': provider.name },
      objects: databaseServices(provider),
      patches: providerPatches(model, provider),
    }),
  );
}
