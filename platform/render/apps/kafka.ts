/** Kafka as Strimzi runs it (v1 API, KRaft, node pools); the full profile only. */

import type { IService } from 'kubernetes-models/v1/Service';
import { imageReference, type Model } from '../../model/model.ts';
import type { Provider } from '../../model/providers.ts';
import type { Component } from '../../model/types.ts';
import type { Kafka, KafkaNodePool } from '../crds/strimzi.ts';
import type { Patch } from '../kustomization.ts';
import { metadataOf, selectorOf } from '../metadata.ts';
import { baseResources, requirements } from '../pod.ts';
import type { KubeObject } from '../tree.ts';

const clusterName = 'fineract';
const kafkaVersion = '4.3.1';

/** Metadata of a resource that Strimzi ties to the cluster by its label. */
function memberMetadata(component: Component, name: string) {
  const metadata = metadataOf(component, name);
  return { ...metadata, labels: { ...metadata.labels, 'strimzi.io/cluster': clusterName } };
}

function clusterOf(model: Model, component: Component): Kafka {
  return {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'Kafka',
    metadata: metadataOf(component, clusterName),
    spec: {
      kafka: {
        version: kafkaVersion,
        image: imageReference(model, component.image ?? 'kafka'),
        listeners: [
          { name: 'plain', port: component.ports['plain']?.number ?? 9092, type: 'internal', tls: false },
        ],
        config: {
          // A topic per kind of aggregate (`fineract.client`), made when the first such event is published.
          'auto.create.topics.enable': true,
          'num.partitions': 12,
          'default.replication.factor': 3,
          'min.insync.replicas': 2,
          'offsets.topic.replication.factor': 3,
          'transaction.state.log.replication.factor': 3,
          'transaction.state.log.min.isr': 2,
        },
        rack: { topologyKey: 'topology.kubernetes.io/zone' },
        metricsConfig: {
          type: 'strimziMetricsReporter',
          values: { allowList: ['kafka_server.*', 'kafka_network.*', 'kafka_log.*', 'kafka_controller.*'] },
        },
      },
    },
  };
}

function nodePoolOf(component: Component): KafkaNodePool {
  return {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaNodePool',
    metadata: memberMetadata(component, 'kafka'),
    spec: {
      replicas: component.replicas?.production ?? 3,
      roles: ['controller', 'broker'],
      resources: requirements(baseResources(component) ?? { cpuMillis: 750, memoryMi: 2048 }),
      storage: {
        type: 'jbod',
        volumes: [
          {
            id: 0,
            type: 'persistent-claim',
            size: `${component.storage?.sizeGi ?? 100}Gi`,
            deleteClaim: false,
            kraftMetadata: 'shared',
          },
        ],
      },
      template: {
        pod: {
          priorityClassName: component.priority,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selectorOf(component) },
            },
          ],
        },
      },
    },
  };
}

const serviceOf = (component: Component): IService => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadataOf(component, component.service?.name ?? 'kafka-service'),
  spec: {
    type: 'ClusterIP',
    selector: { ...selectorOf(component) },
    ports: [{ name: 'plain', port: 9092, targetPort: 9092, protocol: 'TCP' }],
  },
});

export const kafkaObjects = (model: Model, component: Component): readonly KubeObject[] => [
  clusterOf(model, component),
  nodePoolOf(component),
  serviceOf(component),
];

/** The provider's storage class. */
export const kafkaProvider = (_model: Model, _component: Component, provider: Provider): readonly Patch[] => [
  {
    target: { kind: 'KafkaNodePool', name: 'kafka' },
    operations: [{ op: 'add', path: '/spec/storage/volumes/0/class', value: provider.storageClass }],
  },
];
