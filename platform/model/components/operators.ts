/**
 * Controllers that Argo CD installs from their maintainers' Helm charts, each at an exact chart version that public
 * manifests pin. Their values stay small: what the bank needs and nothing else.
 */

import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';

const cluster = { layer: 'cluster' } as const;

export const nginxIngress = defineComponent({
  name: 'nginx-ingress',
  summary: 'NGINX Ingress Controller of F5: TLS and the way in; snippets stay off',
  box: 'Ingress Controller',
  layer: 'edge',
  place: 'nginx-ingress',
  workload: {
    kind: 'chart',
    repository: 'ghcr.io/nginx/charts',
    chart: 'nginx-ingress',
    version: '2.6.1',
    values: {
      controller: {
        replicaCount: 2,
        enableSnippets: false,
        ingressClass: { name: 'nginx', create: true, setAsDefaultIngress: false },
        service: { externalTrafficPolicy: 'Local' },
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      },
    },
  },
  wave: -4,
  ports: { https: { number: 443 } },
  labels: { 'app.kubernetes.io/name': 'nginx-ingress' },
  edge: 'ingress',
});

/** The other way in. Its proxies run in its own namespace, where the Gateway is (`render/edge.ts`). */
export const nginxGateway = defineComponent({
  name: 'nginx-gateway',
  summary: 'NGINX Gateway Fabric: the way in by the Gateway API, where an environment chooses it',
  box: 'Ingress Controller',
  layer: 'edge',
  place: 'nginx-gateway',
  workload: {
    kind: 'chart',
    repository: 'ghcr.io/nginx/charts',
    chart: 'nginx-gateway-fabric',
    version: '2.7.2',
    values: { nginx: { replicas: 2, service: { externalTrafficPolicy: 'Local' } } },
  },
  wave: -4,
  ports: { https: { number: 443 } },
  labels: { 'gateway.networking.k8s.io/gateway-name': 'fineract' },
  edge: 'gateway-api',
});

export const certManager = defineComponent({
  ...cluster,
  name: 'cert-manager',
  summary: 'Issues and renews certificates',
  box: 'Cert Manager',
  place: 'cert-manager',
  workload: {
    kind: 'chart',
    repository: 'quay.io/jetstack/charts',
    chart: 'cert-manager',
    version: 'v1.21.2',
    values: { crds: { enabled: true, keep: true }, prometheus: { enabled: true } },
  },
  wave: -5,
  ports: {},
});

export const sealedSecrets = defineComponent({
  ...cluster,
  name: 'sealed-secrets',
  summary: 'Opens the secrets that Git holds sealed',
  box: 'Sealed Secrets',
  place: 'sealed-secrets',
  workload: {
    kind: 'chart',
    repository: 'https://bitnami.github.io/sealed-secrets',
    chart: 'sealed-secrets',
    version: '2.20.0',
    values: { fullnameOverride: 'sealed-secrets-controller', keyrenewperiod: '720h' },
  },
  wave: -5,
  ports: {},
});

export const argoRollouts = defineComponent({
  ...cluster,
  name: 'argo-rollouts',
  summary: 'Canary and blue-green releases with analysis and automatic abort',
  box: 'Argo Rollouts',
  place: 'argo-rollouts',
  workload: {
    kind: 'chart',
    repository: 'https://argoproj.github.io/argo-helm',
    chart: 'argo-rollouts',
    version: '2.41.0',
    values: { controller: { replicas: 2, metrics: { enabled: true } } },
  },
  wave: -4,
  ports: {},
  labels: { 'app.kubernetes.io/name': 'argo-rollouts' },
});

export const velero = defineComponent({
  ...cluster,
  name: 'velero',
  summary: 'Backs up resources and small volumes outside the cluster',
  box: 'Velero',
  place: 'velero',
  workload: {
    kind: 'chart',
    repository: 'https://vmware-tanzu.github.io/helm-charts',
    chart: 'velero',
    version: '12.2.0',
    values: { deployNodeAgent: false, snapshotsEnabled: true, backupsEnabled: true, schedules: {} },
  },
  wave: -4,
  ports: {},
});

export const postgresqlOperator = defineComponent({
  ...cluster,
  name: 'postgresql-operator',
  summary: 'CloudNativePG: replication, failover and certificates of PostgreSQL',
  place: 'cnpg-system',
  workload: {
    kind: 'chart',
    repository: 'https://cloudnative-pg.github.io/charts',
    chart: 'cloudnative-pg',
    version: '0.29.1',
    values: { crds: { create: true } },
  },
  wave: -4,
  ports: {},
  labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
  providers: ['self-hosted'],
});

export const backupPlugin = defineComponent({
  ...cluster,
  name: 'backup-plugin',
  summary: 'Barman Cloud plugin of CloudNativePG: archives the database log to the object store',
  place: 'cnpg-system',
  workload: {
    kind: 'chart',
    repository: 'https://cloudnative-pg.github.io/charts',
    chart: 'plugin-barman-cloud',
    version: '0.8.0',
    values: {},
  },
  wave: -3,
  ports: {},
  providers: ['self-hosted'],
});

export const kafkaOperator = defineComponent({
  ...cluster,
  name: 'kafka-operator',
  summary: 'Strimzi: runs Kafka in KRaft mode',
  place: 'strimzi',
  workload: {
    kind: 'chart',
    repository: 'https://strimzi.io/charts/',
    chart: 'strimzi-kafka-operator',
    version: '1.2.0',
    values: {
      watchAnyNamespace: true,
      generateNetworkPolicy: false,
      extraEnvs: [{ name: 'STRIMZI_POD_SECURITY_PROVIDER_CLASS', value: 'restricted' }],
    },
  },
  wave: -4,
  ports: {},
  resources: { full: { cpuMillis: 200, memoryMi: 384 } },
  labels: { name: 'strimzi-cluster-operator' },
});

export const prometheusOperator = defineComponent({
  ...cluster,
  name: 'prometheus-operator',
  summary: 'Prometheus operator and its resource definitions, without the stack that its chart could bring',
  place: 'monitoring',
  workload: {
    kind: 'chart',
    repository: 'https://prometheus-community.github.io/helm-charts',
    chart: 'kube-prometheus-stack',
    version: '91.9.0',
    values: {
      defaultRules: { create: false },
      alertmanager: { enabled: false },
      grafana: { enabled: false },
      prometheus: { enabled: false },
      nodeExporter: { enabled: false },
      kubeStateMetrics: { enabled: false },
      prometheusOperator: { admissionWebhooks: { enabled: false }, tls: { enabled: false } },
    },
  },
  wave: -4,
  ports: { http: { number: 8080 } },
  labels: { 'app.kubernetes.io/name': 'kube-prometheus-stack-prometheus-operator' },
  apiToken: true,
});

export const operatorConnections = [
  connect('postgresql-operator', 'postgresql', 'status', 'asks each instance for its state'),
  connect('kafka-operator', 'kafka', 'control', 'manages the KRaft quorum'),
  connect('kafka-operator', 'kafka', 'replication', 'rolls brokers one by one'),
  connect('kafka-operator', 'kafka', 'agent', 'asks each broker for its state'),
  connect('prometheus-operator', 'kubernetes-api', 'https', 'watches Prometheus resources'),
];
