/** A small environment that follows every policy; tests break it in one place. */

import { parseAllDocuments } from 'yaml';
import type { World } from '../policy.ts';

const labels = 'labels: { app.kubernetes.io/name: app, owner: bank-platform }';
const metadata = (name: string, extra = '') =>
  `metadata: { name: ${name}, namespace: bank, ${labels}${extra} }`;
const security = `securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }`;
const container = (name: string) => `name: ${name}
image: registry.example.com/app:1.2.3
imagePullPolicy: IfNotPresent
ports: [{ name: http, containerPort: 8080 }]
env: [{ name: LOG_LEVEL, value: info }]
livenessProbe: { httpGet: { path: /live, port: http } }
readinessProbe: { httpGet: { path: /ready, port: http } }
startupProbe: { httpGet: { path: /live, port: http } }
resources:
  requests: { cpu: 100m, memory: 64Mi, ephemeral-storage: 64Mi }
  limits: { cpu: 200m, memory: 64Mi, ephemeral-storage: 128Mi }
${security}`;
const indent = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);
const pod = (restart = '') => `serviceAccountName: app
automountServiceAccountToken: false
priorityClassName: bank-critical
${restart}securityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: RuntimeDefault } }
affinity: { podAntiAffinity: {} }
topologySpreadConstraints: [{ maxSkew: 1 }]
containers:
  - ${indent(container('app'), 4)}`;
const template = `template:
  metadata: { labels: { app.kubernetes.io/name: app } }
  spec:
    ${indent(pod(), 4)}`;
const selector = 'selector: { matchLabels: { app.kubernetes.io/name: app } }';
const jobSpec = `activeDeadlineSeconds: 60
template:
  metadata: { labels: { app.kubernetes.io/name: app } }
  spec:
    ${indent(pod('restartPolicy: Never\n'), 4)}`;

const yaml = `
apiVersion: apps/v1
kind: Deployment
${metadata('app')}
spec:
  strategy: { type: RollingUpdate }
  ${selector}
  ${indent(template, 2)}
---
apiVersion: apps/v1
kind: StatefulSet
${metadata('store')}
spec:
  replicas: 2
  serviceName: app
  updateStrategy: { type: RollingUpdate }
  ${selector}
  ${indent(template, 2)}
---
apiVersion: batch/v1
kind: Job
${metadata('once', ', annotations: { argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation }')}
spec:
  ${indent(jobSpec, 2)}
---
apiVersion: batch/v1
kind: CronJob
${metadata('nightly')}
spec:
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 60
  successfulJobsHistoryLimit: 3
  jobTemplate:
    spec:
      ${indent(jobSpec, 6)}
---
apiVersion: v1
kind: Service
${metadata('app')}
spec: { selector: { app.kubernetes.io/name: app }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: v1
kind: ServiceAccount
${metadata('app')}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata('app')}
spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, ${selector} }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata('app')}
spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: Deployment, name: app } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata('app')}
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: app } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app.kubernetes.io/name: app } } }] }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata('app', ', annotations: { nginx.org/hsts: "true" }')}
spec:
  tls: [{ hosts: [bank.example.com], secretName: app-tls }]
  rules:
    - host: bank.example.com
      http: { paths: [{ path: /, backend: { service: { name: app, port: { name: http } } } }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
${metadata('app')}
spec: { selector: { matchLabels: { app.kubernetes.io/name: app } } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata('app')}
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
${metadata('app')}
roleRef: { kind: Role, name: app }
---
apiVersion: v1
kind: ConfigMap
${metadata('app')}
data: { url: 'jdbc:postgresql://db:5432/bank?sslmode=verify-full' }
`;

/** A new copy each time, so that a test may change it. */
export const goodWorld = (): World => ({
  environment: 'production',
  stage: 'production',
  objects: parseAllDocuments(yaml).map((document) => document.toJS()),
});
