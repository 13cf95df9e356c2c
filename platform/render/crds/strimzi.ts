/** The fields of Strimzi's v1 resources that we set; npm carries no model of them. */

import type { IIoK8sApiCoreV1ResourceRequirements as Requirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { KubeObject } from '../tree.ts';

export interface Kafka extends KubeObject {
  readonly apiVersion: 'kafka.strimzi.io/v1';
  readonly kind: 'Kafka';
  readonly spec: {
    readonly kafka: {
      readonly version: string;
      readonly image: string;
      readonly listeners: readonly {
        readonly name: string;
        readonly port: number;
        readonly type: 'internal';
        readonly tls: boolean;
      }[];
      readonly config: Record<string, string | number | boolean>;
      readonly rack: { readonly topologyKey: string };
      readonly metricsConfig: {
        readonly type: 'strimziMetricsReporter';
        readonly values: { readonly allowList: readonly string[] };
      };
    };
  };
}

export interface KafkaNodePool extends KubeObject {
  readonly apiVersion: 'kafka.strimzi.io/v1';
  readonly kind: 'KafkaNodePool';
  readonly spec: {
    readonly replicas: number;
    readonly roles: readonly ('controller' | 'broker')[];
    readonly resources: Requirements;
    readonly storage: {
      readonly type: 'jbod';
      readonly volumes: readonly {
        readonly id: number;
        readonly type: 'persistent-claim';
        readonly size: string;
        readonly class?: string;
        readonly deleteClaim: boolean;
        readonly kraftMetadata: 'shared';
      }[];
    };
    readonly template: { readonly pod: object };
  };
}
