/** What stands around a workload: Service, ServiceAccount, disruption budget, autoscaler, scrape target. */

import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Component } from '../../model/types.ts';
import { metadataOf, selectorOf } from '../metadata.ts';
import { compact, type KubeObject } from '../tree.ts';

/** A second Service on the same pods has a name label of its own, so that the pods are scraped once. */
function serviceMetadata(component: Component, name: string): ReturnType<typeof metadataOf> {
  const metadata = metadataOf(component, name);
  if (name === component.service?.name) return metadata;
  return { ...metadata, labels: { ...metadata.labels, 'app.kubernetes.io/name': name } };
}

/** The component's Service, under the name of the source's diagram; `name` makes another one on the same pods. */
export function serviceOf(component: Component, name = component.service?.name ?? component.name): IService {
  const ports = (component.service?.ports ?? []).map((portName) => ({
    name: portName,
    port: component.ports[portName]?.number ?? 0,
    targetPort: portName,
    protocol: component.ports[portName]?.protocol ?? ('TCP' as const),
  }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(component, name),
    spec: { type: 'ClusterIP', selector: { ...selectorOf(component) }, ports },
  };
}

export const serviceAccountOf = (component: Component): IServiceAccount => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadataOf(component),
  automountServiceAccountToken: false,
});

/** One pod at a time may be taken away; a pod that is broken already may always go. */
export const disruptionBudgetOf = (component: Component): IPodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadataOf(component),
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: { ...selectorOf(component) } },
  },
});

/** Scales a Rollout by CPU; it comes down slowly, so that a short lull does not cost the caches. */
export function autoscalerOf(component: Component): readonly IHorizontalPodAutoscaler[] {
  const { autoscaling } = component;
  if (!autoscaling) return [];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadataOf(component),
      spec: {
        scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: component.name },
        minReplicas: component.replicas?.dev ?? 1,
        maxReplicas: autoscaling.replicasMax.dev,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: autoscaling.cpuTargetPercent },
            },
          },
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
      },
    },
  ];
}

const interval = '30s';

/** Where Prometheus scrapes: the Service where it offers the port, else the pods themselves. */
export function monitorOf(component: Component): readonly KubeObject[] {
  const { metrics, service } = component;
  if (!metrics) return [];
  const matchLabels = { ...selectorOf(component) };
  if (service?.ports.includes(metrics.port)) {
    const monitor: IServiceMonitor = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: metadataOf(component),
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        podTargetLabels: ['rollouts-pod-template-hash'],
        selector: { matchLabels },
        endpoints: [{ port: metrics.port, path: metrics.path, interval }],
      },
    };
    return [monitor];
  }
  const monitor: IPodMonitor = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(component),
    spec: compact<IPodMonitor['spec']>({
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels },
      podMetricsEndpoints: [
        {
          portNumber: component.ports[metrics.port]?.number ?? 0,
          path: metrics.path,
          interval,
          relabelings: [{ targetLabel: 'job', replacement: component.name }],
        },
      ],
    }),
  };
  return [monitor];
}

/** A Service without an address of its own, which a StatefulSet needs for the names of its pods. */
export function headlessServiceOf(component: Component): IService {
  const ports = Object.entries(component.ports).map(([name, port]) => ({
    name,
    port: port.number,
    targetPort: name,
    protocol: port.protocol ?? ('TCP' as const),
  }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(component, `${component.name}-nodes`),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { ...selectorOf(component) },
      ports,
    },
  };
}
