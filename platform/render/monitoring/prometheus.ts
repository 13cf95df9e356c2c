/** Prometheus as its operator runs it: it finds every ServiceMonitor, PodMonitor and rule of the two namespaces. */

import type { IPrometheus } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Prometheus';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { imageReference, type Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { type RuleGroup, ruleGroupOf, ruleGroups } from '../../monitoring/index.ts';
import { labelsOf, metadataOf, selectorOf } from '../metadata.ts';
import { baseResources, requirements } from '../pod.ts';
import type { KubeObject } from '../tree.ts';
import { serviceAccountOf, serviceOf } from '../workloads/service.ts';

/** Discovery needs to see pods and endpoints, never secrets. */
function accessOf(component: Component): readonly KubeObject[] {
  const metadata = metadataOf(component, 'fineract-prometheus');
  const role: IClusterRole = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata,
    rules: [
      { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    ],
  };
  const binding: IClusterRoleBinding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'fineract-prometheus' },
    subjects: [{ kind: 'ServiceAccount', name: component.name, namespace: 'monitoring' }],
  };
  return [role, binding];
}

type Spec = NonNullable<IPrometheus['spec']>;

/** The npm model asks for a kind that the operator would copy into the claim; this one leaves it out. */
interface PrometheusServer extends KubeObject {
  readonly spec: Omit<Spec, 'storage'> & {
    readonly storage: { readonly volumeClaimTemplate: Omit<IPersistentVolumeClaim, 'apiVersion' | 'kind'> };
  };
}

const claim = (sizeGi: number): Omit<IPersistentVolumeClaim, 'apiVersion' | 'kind'> => ({
  metadata: { name: 'prometheus' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${sizeGi}Gi` } } },
});

const ours = { matchLabels: { 'app.kubernetes.io/part-of': 'fineract' } };

export function prometheusObjects(model: Model, component: Component): readonly KubeObject[] {
  const { image = 'prometheus', storage } = component;
  const server: PrometheusServer = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: metadataOf(component),
    spec: {
      image: imageReference(model, image),
      version: model.images[image]?.tag ?? '',
      replicas: 1,
      serviceAccountName: component.name,
      podMetadata: { labels: labelsOf(component) },
      retention: '30d',
      retentionSize: `${Math.floor((storage?.sizeGi ?? 50) * 0.9)}GB`,
      storage: {
        volumeClaimTemplate: claim(storage?.sizeGi ?? 50),
      },
      resources: requirements(baseResources(component) ?? { cpuMillis: 300, memoryMi: 1536 }),
      serviceMonitorSelector: ours,
      serviceMonitorNamespaceSelector: ours,
      podMonitorSelector: ours,
      podMonitorNamespaceSelector: ours,
      ruleSelector: ours,
      ruleNamespaceSelector: ours,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
  };
  const service = serviceOf(component);
  return [
    { ...serviceAccountOf(component), automountServiceAccountToken: true } as KubeObject,
    server,
    {
      ...service,
      spec: {
        ...service.spec,
        selector: { ...selectorOf(component) },
        ports: [{ name: 'http', port: 9090, targetPort: 'web', protocol: 'TCP' }],
      },
    } as KubeObject,
    ...accessOf(component),
    ...ruleGroups(model).map((group) => ruleOf(component, group)),
  ];
}

const ruleOf = (component: Component, group: RuleGroup): IPrometheusRule => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: metadataOf(component, `fineract-${group.name}`),
  spec: { groups: [ruleGroupOf(group)] },
});
