import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';

/** One instance on small profiles; a primary and two replicas in production. Run by CloudNativePG (decision 0100). */
export const postgresql = defineComponent({
  name: 'postgresql',
  summary: 'Banking data: a primary and its streaming replicas with automatic failover',
  box: 'PostgreSQL 15.x',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'managed' },
  wave: 1,
  image: 'postgresql',
  ports: { sql: { number: 5432 }, status: { number: 8000 }, metrics: { number: 9187 } },
  service: { name: 'postgresql-service', ports: ['sql'] },
  metrics: { port: 'metrics', path: '/metrics' },
  extra: [
    {
      name: 'plugin-barman-cloud',
      image: 'barman-sidecar',
      role: 'sidecar',
      resources: { cpuMillis: 50, memoryMi: 256 },
    },
  ],
  storage: { name: 'postgresql', path: '/var/lib/postgresql/data', sizeGi: 100 },
  replicas: { dev: 1, uat: 1, production: 3 },
  resources: {
    minimal: { cpuMillis: 1850, memoryMi: 4864 },
    standard: { cpuMillis: 1850, memoryMi: 4864 },
    full: { cpuMillis: 1200, memoryMi: 3840 },
  },
  labels: { 'cnpg.io/cluster': 'postgresql' },
  priority: 'bank-critical',
  providers: ['self-hosted'],
});

export const postgresqlConnections = [
  connect('postgresql', 'postgresql', 'sql', 'streaming replication'),
  connect('postgresql', 'postgresql', 'status', 'instances ask each other for their state at failover'),
  connect('postgresql', 'object-store', 'https', 'archives its log for recovery to a point in time'),
  connect('postgresql', 'kubernetes-api', 'https', 'the instance manager follows the cluster resource'),
];
