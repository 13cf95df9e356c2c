/** Questions that several checks ask about an environment's objects. */

import type { KubeObject } from '../render/tree.ts';
import { at, type Json, listAt, nameOf, namespaceOf, templateOf, textAt, textsAt } from './objects.ts';
import { ingressPaths } from './references.ts';

/** Does the container serve this port, by number or name? */
export const servesPort = (container: Json, port: unknown): boolean =>
  listAt(container, 'ports').some((item) => item['containerPort'] === port || item['name'] === port);

/** Pods of custom resources carry labels that their operators set. */
function operatedLabels(object: KubeObject): readonly Readonly<Record<string, string>>[] {
  const name = nameOf(object);
  const inherited = {
    ...textsAt(object, 'spec', 'inheritedMetadata', 'labels'),
    ...textsAt(object, 'spec', 'podMetadata', 'labels'),
  };
  switch (object.kind) {
    case 'Cluster':
      return [{ ...inherited, 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' }];
    case 'Prometheus':
      return [{ ...inherited, 'app.kubernetes.io/name': 'prometheus', 'operator.prometheus.io/name': name }];
    case 'Kafka':
      return [{ 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': `${name}-kafka` }];
    case 'ClusterIssuer':
      return [{ 'acme.cert-manager.io/http01-solver': 'true' }];
    default:
      return [];
  }
}

/** Labels of every pod that a namespace may hold: our templates', and those that operators make. */
export function podLabelsIn(
  objects: readonly KubeObject[],
  namespace: string,
): readonly Readonly<Record<string, string>>[] {
  return objects
    .filter((object) => namespaceOf(object) === namespace || object.kind === 'ClusterIssuer')
    .flatMap((object) => {
      const template = templateOf(object);
      return template ? [textsAt(template, 'metadata', 'labels')] : operatedLabels(object);
    });
}

/** Where an Ingress or a route sends requests. */
export function backendsOf(object: KubeObject): readonly { readonly name: string; readonly port: unknown }[] {
  if (object.kind === 'Ingress') {
    return ingressPaths(object).map((path) => ({
      name: textAt(path, 'backend', 'service', 'name') ?? '',
      port:
        at(path, 'backend', 'service', 'port', 'name') ?? at(path, 'backend', 'service', 'port', 'number'),
    }));
  }
  return listAt(object, 'spec', 'rules')
    .flatMap((rule) => listAt(rule, 'backendRefs'))
    .map((backend) => ({ name: textAt(backend, 'name') ?? '', port: backend['port'] }));
}

/** Everybody that a NetworkPolicy names. */
export const peersOf = (policy: KubeObject): readonly Json[] => [
  ...listAt(policy, 'spec', 'ingress').flatMap((rule) => listAt(rule, 'from')),
  ...listAt(policy, 'spec', 'egress').flatMap((rule) => listAt(rule, 'to')),
];

const includes = (rule: Json, field: string, values: readonly string[]): boolean => {
  const list = rule[field];
  return Array.isArray(list) && list.some((value) => value === '*' || values.includes(String(value)));
};

/** Does a role allow one of these verbs on one of these resources? */
export const grants = (role: KubeObject, resources: readonly string[], verbs: readonly string[]): boolean =>
  listAt(role, 'rules').some(
    (rule) => includes(rule, 'resources', resources) && includes(rule, 'verbs', verbs),
  );
