import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';

/** Kafka in KRaft mode, each node controller and broker, run by Strimzi (v1 API). */
export const kafka = defineComponent({
  name: 'kafka',
  summary: 'Event stream of the full profile',
  box: 'Kafka',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'managed' },
  wave: 1,
  image: 'kafka',
  ports: {
    plain: { number: 9092 },
    control: { number: 9090 },
    replication: { number: 9091 },
    agent: { number: 8443 },
    metrics: { number: 9404 },
  },
  service: { name: 'kafka-service', ports: ['plain'] },
  metrics: { port: 'metrics', path: '/metrics' },
  storage: { name: 'data', path: '/var/lib/kafka', sizeGi: 100 },
  replicas: { dev: 1, uat: 1, production: 3 },
  resources: { full: { cpuMillis: 750, memoryMi: 2048 } },
  labels: {
    'strimzi.io/cluster': 'fineract',
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': 'fineract-kafka',
  },
  priority: 'bank-standard',
});

export const kafkaConnections = [
  connect('kafka', 'kafka', 'control', 'KRaft quorum'),
  connect('kafka', 'kafka', 'replication', 'replication between brokers'),
  connect('kafka', 'kubernetes-api', 'https', 'reads its node labels at start'),
];
