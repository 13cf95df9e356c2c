/** The observability stack, in a namespace of its own. `render/monitoring/` writes its configuration. */

import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent, type Mount } from '../types.ts';

const one = { dev: 1, uat: 1, production: 1 };
const everywhere = <T>(resources: T) => ({ minimal: resources, standard: resources, full: resources });

export const prometheus = defineComponent({
  name: 'prometheus',
  summary: 'Collects metrics and evaluates alerts; run by the Prometheus operator',
  box: 'Prometheus',
  layer: 'monitoring',
  place: 'monitoring',
  workload: { kind: 'managed' },
  wave: 2,
  image: 'prometheus',
  ports: { http: { number: 9090 } },
  service: { name: 'prometheus-service', ports: ['http'] },
  storage: { name: 'prometheus', path: '/prometheus', sizeGi: 50 },
  replicas: one,
  resources: everywhere({ cpuMillis: 300, memoryMi: 1536 }),
  labels: { 'app.kubernetes.io/name': 'prometheus' },
  apiToken: true,
});

/** A ConfigMap each, so that one stays readable and small; `platform/monitoring/dashboards` says what they show. */
export const dashboardNames = ['bank', 'api', 'jobs', 'gateway', 'identity', 'postgresql', 'redis'] as const;
export type DashboardName = (typeof dashboardNames)[number];

const dashboardMount = (name: DashboardName): Mount => ({
  kind: 'config',
  name: `grafana-dashboard-${name}`,
  path: `/var/lib/grafana-dashboards/${name}`,
});

export const grafana = defineComponent({
  name: 'grafana',
  summary: 'Dashboards',
  box: 'Grafana',
  layer: 'monitoring',
  place: 'monitoring',
  workload: { kind: 'deployment' },
  wave: 3,
  image: 'grafana',
  ports: { http: { number: 3000 } },
  service: { name: 'grafana-service', ports: ['http'] },
  metrics: { port: 'http', path: '/metrics' },
  probes: {
    live: { path: '/api/health', port: 'http' },
    ready: { path: '/api/health', port: 'http' },
    startSeconds: 120,
  },
  env: [
    { name: 'GF_SECURITY_ADMIN_USER', secret: secret('grafana-admin', 'username') },
    { name: 'GF_SECURITY_ADMIN_PASSWORD', secret: secret('grafana-admin', 'password') },
    { name: 'GF_USERS_ALLOW_SIGN_UP', value: 'false' },
    { name: 'GF_ANALYTICS_REPORTING_ENABLED', value: 'false' },
    { name: 'GF_ANALYTICS_CHECK_FOR_UPDATES', value: 'false' },
    { name: 'GF_PLUGINS_PREINSTALL_DISABLED', value: 'true' },
    { name: 'GF_PATHS_PROVISIONING', value: '/etc/grafana/provisioning' },
  ],
  mounts: [
    { kind: 'scratch', name: 'data', path: '/var/lib/grafana', sizeMi: 512 },
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 },
    { kind: 'config', name: 'grafana-datasources', path: '/etc/grafana/provisioning/datasources' },
    { kind: 'config', name: 'grafana-dashboard-providers', path: '/etc/grafana/provisioning/dashboards' },
    ...dashboardNames.map(dashboardMount),
  ],
  replicas: one,
  resources: everywhere({ cpuMillis: 100, memoryMi: 256 }),
});

export const loki = defineComponent({
  name: 'loki',
  summary: 'Keeps logs',
  box: 'Loki',
  layer: 'monitoring',
  place: 'monitoring',
  workload: { kind: 'statefulset' },
  wave: 2,
  image: 'loki',
  ports: { http: { number: 3100 } },
  service: { name: 'loki-service', ports: ['http'] },
  metrics: { port: 'http', path: '/metrics' },
  args: ['-config.file=/etc/loki/loki.yaml'],
  probes: {
    live: { path: '/ready', port: 'http' },
    ready: { path: '/ready', port: 'http' },
    startSeconds: 180,
  },
  mounts: [
    { kind: 'config', name: 'loki-config', path: '/etc/loki' },
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 256 },
  ],
  storage: { name: 'data', path: '/var/loki', sizeGi: 30 },
  replicas: one,
  resources: everywhere({ cpuMillis: 200, memoryMi: 1024 }),
});

export const alloy = defineComponent({
  name: 'alloy',
  summary: "Ships the logs of its node's pods to Loki, read through the Kubernetes API",
  box: 'Promtail',
  layer: 'monitoring',
  place: 'monitoring',
  workload: { kind: 'daemonset' },
  wave: 3,
  image: 'alloy',
  ports: { http: { number: 12345 } },
  metrics: { port: 'http', path: '/metrics' },
  env: [{ name: 'NODE_NAME', field: 'spec.nodeName' }],
  args: [
    'run',
    '/etc/alloy/config.alloy',
    '--storage.path=/tmp/alloy',
    '--server.http.listen-addr=0.0.0.0:12345',
  ],
  probes: {
    live: { path: '/-/healthy', port: 'http' },
    ready: { path: '/-/ready', port: 'http' },
    startSeconds: 60,
  },
  mounts: [
    { kind: 'config', name: 'alloy-config', path: '/etc/alloy' },
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 256 },
  ],
  replicas: one,
  resources: everywhere({ cpuMillis: 100, memoryMi: 256 }),
  apiToken: true,
});

export const monitoringConnections = [
  connect('prometheus', 'fineract-read', 'http', 'scrapes'),
  connect('prometheus', 'fineract-write', 'http', 'scrapes'),
  connect('prometheus', 'fineract-batch', 'http', 'scrapes'),
  connect('prometheus', 'gateway', 'http', 'scrapes'),
  connect('prometheus', 'user-sync', 'http', 'scrapes'),
  connect('prometheus', 'keycloak', 'management', 'scrapes'),
  connect('prometheus', 'postgresql', 'metrics', 'scrapes'),
  connect('prometheus', 'redis', 'metrics', 'scrapes'),
  connect('prometheus', 'kafka', 'metrics', 'scrapes'),
  connect('prometheus', 's3', 'metrics', 'scrapes'),
  connect('prometheus', 'grafana', 'http', 'scrapes'),
  connect('prometheus', 'loki', 'http', 'scrapes'),
  connect('prometheus', 'alloy', 'http', 'scrapes'),
  connect('prometheus', 'kubernetes-api', 'https', 'discovers what to scrape'),
  connect('grafana', 'prometheus', 'http', 'queries metrics'),
  connect('grafana', 'loki', 'http', 'queries logs'),
  connect('alloy', 'loki', 'http', 'ships logs'),
  connect('alloy', 'kubernetes-api', 'https', 'reads the logs of its pods'),
  connect('argo-rollouts', 'prometheus', 'http', 'analyses a release while it rolls out'),
  connect('argo-rollouts', 'fineract-write', 'http', 'tries a new version before commands reach it'),
];
