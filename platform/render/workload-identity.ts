/** Which cloud identity the pods that use the object store take on. Names are made by Terraform, one per environment. */

import type { Environment } from '../model/environments.ts';
import { componentsIn, type Model, providerOf } from '../model/model.ts';
import type { Patch } from './kustomization.ts';
import { pointer } from './kustomization.ts';

/** The annotation that the provider's webhook reads; undefined where keys are used instead. */
function identityAnnotation(
  model: Model,
  environment: Environment,
): readonly [key: string, value: string] | undefined {
  const name = `fineract-${environment.name}-object-store`;
  const { cloudAccounts } = model.settings;
  switch (providerOf(model, environment.provider).name) {
    case 'aws':
      return ['eks.amazonaws.com/role-arn', `arn:aws:iam::${cloudAccounts.awsAccountId}:role/${name}`];
    case 'azure':
      return ['azure.workload.identity/client-id', cloudAccounts.azureClientIds[environment.name] ?? ''];
    case 'gcp':
      return [
        'iam.gke.io/gcp-service-account',
        `${name}@${cloudAccounts.gcpProject}.iam.gserviceaccount.com`,
      ];
    default:
      return undefined;
  }
}

export function identityPatches(model: Model, environment: Environment): readonly Patch[] {
  const annotation = identityAnnotation(model, environment);
  if (!annotation) return [];
  const names = componentsIn(model, environment)
    .filter((component) => component.objectStoreAccess)
    .map((component) => component.name);
  const [key, value] = annotation;
  return [
    {
      target: { kind: 'ServiceAccount', name: names.join('|') },
      operations: [{ op: 'add', path: `/metadata/annotations/${pointer(key)}`, value }],
    },
  ];
}
