/** What objects name in other objects, and what is there to be named: one list of each, for every check that asks. */

import type { KubeObject } from '../render/tree.ts';
import { at, isJson, type Json, listAt, nameOf, namespaceOf, podSpecOf, textAt, walk } from './objects.ts';

export type ReferenceKind =
  | 'ConfigMap'
  | 'Secret'
  | 'PersistentVolumeClaim'
  | 'ServiceAccount'
  | 'Service'
  | 'StorageClass'
  | 'PriorityClass';

/** One name of another object. `key` is a key inside it; `optional` may be absent without harm. */
export interface Reference {
  readonly from: KubeObject;
  readonly kind: ReferenceKind;
  readonly namespace: string;
  readonly name: string;
  readonly key?: string;
}

const clusterWide: ReadonlySet<ReferenceKind> = new Set(['StorageClass', 'PriorityClass']);

/** Every reference that an object makes, each once. */
export function referencesOf(object: KubeObject): readonly Reference[] {
  const found = new Map<string, Reference>();
  const add = (kind: ReferenceKind, name: unknown, key?: unknown): void => {
    if (typeof name !== 'string' || name === '') return;
    const namespace = clusterWide.has(kind) ? '' : referenceNamespace(object);
    const inner = typeof key === 'string' ? { key } : {};
    found.set([kind, name, inner.key].join('/'), { from: object, kind, namespace, name, ...inner });
  };
  walk(object, (node, path) => {
    for (const [field, value] of Object.entries(node)) readField(add, field, value, path);
  });
  add('ServiceAccount', at(podSpecOf(object), 'serviceAccountName'));
  readKind(add, object);
  return [...found.values()];
}

type Add = (kind: ReferenceKind, name: unknown, key?: unknown) => void;

/** cert-manager looks for a cluster issuer's secrets in its own namespace. */
const referenceNamespace = (object: KubeObject): string =>
  object.kind === 'ClusterIssuer' ? 'cert-manager' : namespaceOf(object);

/** Fields that mean the same wherever they stand. */
function readField(add: Add, field: string, value: unknown, path: readonly string[]): void {
  if (field === 'storageClassName' || (field === 'storageClass' && typeof value === 'string'))
    add('StorageClass', value);
  if (field === 'priorityClassName') add('PriorityClass', value);
  if (!isJson(value) && !Array.isArray(value)) return;
  if (field === 'secretKeyRef') add('Secret', at(value, 'name'), at(value, 'key'));
  if (field === 'secretRef' || field === 'passwordSecret') add('Secret', at(value, 'name'));
  if (field === 'configMapKeyRef') add('ConfigMap', at(value, 'name'), at(value, 'key'));
  if (field === 'configMapRef') add('ConfigMap', at(value, 'name'));
  if (field === 'persistentVolumeClaim') add('PersistentVolumeClaim', at(value, 'claimName'));
  if (field === 'configMap') add('ConfigMap', at(value, 'name'));
  if (field === 'secret') add('Secret', at(value, 'secretName') ?? at(value, 'name'));
  if (field === 'ca' && path.at(-1) === 'spec') add('Secret', at(value, 'secretName'));
  if (field === 'imagePullSecrets' || field === 'certificateRefs')
    for (const item of listAt({ list: value }, 'list')) add('Secret', at(item, 'name'));
  if (field === 's3Credentials' && isJson(value))
    for (const item of Object.values(value)) add('Secret', at(item, 'name'), at(item, 'key'));
}

/** References that only one kind makes. */
function readKind(add: Add, object: KubeObject): void {
  switch (object.kind) {
    case 'Ingress':
      for (const tls of listAt(object, 'spec', 'tls')) add('Secret', at(tls, 'secretName'));
      for (const path of ingressPaths(object)) add('Service', at(path, 'backend', 'service', 'name'));
      break;
    case 'HTTPRoute':
      for (const rule of listAt(object, 'spec', 'rules'))
        for (const backend of listAt(rule, 'backendRefs')) add('Service', at(backend, 'name'));
      break;
    case 'Rollout':
      for (const service of rolloutServices(object)) add('Service', service);
      break;
    case 'StatefulSet':
      add('Service', at(object, 'spec', 'serviceName'));
      break;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      break;
    case 'Prometheus':
      add('ServiceAccount', at(object, 'spec', 'serviceAccountName'));
      break;
    default:
  }
}

export const ingressPaths = (object: KubeObject): readonly Json[] =>
  listAt(object, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'));

function rolloutServices(object: KubeObject): readonly unknown[] {
  const [canary, blueGreen] = [
    at(object, 'spec', 'strategy', 'canary'),
    at(object, 'spec', 'strategy', 'blueGreen'),
  ];
  return [
    textAt(canary, 'stableService'),
    textAt(canary, 'canaryService'),
    textAt(blueGreen, 'activeService'),
    textAt(blueGreen, 'previewService'),
  ];
}

/** Secrets that a controller makes from an object: nobody has to seal them. */
export function producedSecrets(object: KubeObject): readonly string[] {
  const name = nameOf(object);
  switch (object.kind) {
    case 'Certificate':
      return [textAt(object, 'spec', 'secretName') ?? ''];
    case 'Cluster':
      return ['ca', 'server', 'replication'].map((suffix) => `${name}-${suffix}`);
    case 'ClusterIssuer':
      return [textAt(object, 'spec', 'acme', 'privateKeySecretRef', 'name') ?? ''];
    case 'SealedSecret':
      return [name];
    default:
      return [];
  }
}

/** ConfigMaps that a controller makes from an object. */
export const producedConfigMaps = (object: KubeObject): readonly string[] =>
  object.kind === 'Cluster' ? [`${nameOf(object)}-monitoring`] : [];

/** Services that a controller makes from an object. */
export function producedServices(object: KubeObject): readonly string[] {
  if (object.kind === 'Cluster') {
    const additional = listAt(object, 'spec', 'managed', 'services', 'additional');
    const named = additional.map((item) => textAt(item, 'serviceTemplate', 'metadata', 'name') ?? '');
    return [...named, ...['rw', 'ro', 'r'].map((suffix) => `${nameOf(object)}-${suffix}`)];
  }
  if (object.kind === 'Kafka')
    return [`${nameOf(object)}-kafka-bootstrap`, `${nameOf(object)}-kafka-brokers`];
  if (object.kind === 'Prometheus') return ['prometheus-operated'];
  return [];
}
