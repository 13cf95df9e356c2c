import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyFindings } from './index.ts';
import { policies } from './policies/index.ts';
import { goodWorld } from './testing/good-world.ts';

/**
 * Policy -> what breaks it: the object's kind, the path of a value, and the value (as YAML; nothing removes it). The
 * third word of the sentence is what a reader must be told.
 */
const container = 'spec.template.spec.containers.0';
const pod = 'spec.template.spec';
const breaks: Readonly<Record<string, readonly [kind: string, path: string, value: string, told: RegExp]>> = {
  'access-to-create-pods': ['Role', 'rules', '[{ resources: [pods], verbs: [create] }]', /start pods/],
  'access-to-secrets': ['Role', 'rules', '[{ resources: [secrets], verbs: [get] }]', /reads secrets/],
  'added-capabilities': [
    'Deployment',
    `${container}.securityContext.capabilities.add`,
    '[NET_ADMIN]',
    /NET_ADMIN/,
  ],
  'cluster-admin-role-binding': ['RoleBinding', 'roleRef.name', 'cluster-admin', /whole cluster/],
  'container-ephemeral-storage-request-and-limit': [
    'Deployment',
    `${container}.resources.limits.ephemeral-storage`,
    '',
    /ephemeral storage/,
  ],
  'container-image-pull-policy': ['Deployment', `${container}.imagePullPolicy`, '', /pull policy/],
  'container-memory-requests-equal-limits': [
    'Deployment',
    `${container}.resources.limits.memory`,
    '1Gi',
    /more memory/,
  ],
  'container-ports-check': [
    'Deployment',
    `${container}.ports`,
    '[{ containerPort: 8080 }, { name: http, containerPort: 8080 }]',
    /port named/,
  ],
  'container-seccomp-profile': ['Deployment', `${pod}.securityContext.seccompProfile`, '', /seccomp/],
  'container-security-context-user-group-id': [
    'Deployment',
    `${pod}.securityContext.runAsUser`,
    '1000',
    /above 10000/,
  ],
  'cronjob-concurrency': ['CronJob', 'spec.concurrencyPolicy', 'Allow', /twice at once/],
  'cronjob-has-deadline': ['CronJob', 'spec.startingDeadlineSeconds', '', /how late/],
  'dangling-horizontalpodautoscaler': [
    'HorizontalPodAutoscaler',
    'spec.scaleTargetRef.name',
    'gone',
    /"gone", which is not there/,
  ],
  'dangling-ingress': ['Ingress', 'spec.rules.0.http.paths.0.backend.service.name', 'gone', /gone:http/],
  'dangling-networkpolicy': ['NetworkPolicy', 'spec.podSelector.matchLabels.x', 'y', /guards no pod/],
  'dangling-networkpolicypeer-podselector': [
    'NetworkPolicy',
    'spec.ingress.0.from.0.podSelector.matchLabels.x',
    'y',
    /not there.*"x":"y"/,
  ],
  'dangling-service': ['Service', 'spec.selector.x', 'y', /selects no pod/],
  'dangling-servicemonitor': ['ServiceMonitor', 'spec.selector.matchLabels.x', 'y', /scrapes nothing/],
  'database-verifies-tls': [
    'ConfigMap',
    'data.url',
    'jdbc:postgresql://db:5432/bank?sslmode=require',
    /verifying/,
  ],
  'default-service-account': ['Deployment', `${pod}.serviceAccountName`, '', /default service account/],
  'deprecated-service-account-field': ['Deployment', `${pod}.serviceAccount`, 'app', /deprecated/],
  'docker-sock': ['Deployment', `${pod}.volumes`, '[{ hostPath: { path: /var/run/docker.sock } }]', /socket/],
  'drop-all-capabilities': [
    'Deployment',
    `${container}.securityContext.capabilities.drop`,
    '[NET_RAW]',
    /drop all/,
  ],
  'duplicate-env-var': [
    'Deployment',
    `${container}.env`,
    '[{ name: A, value: a }, { name: A, value: b }]',
    /sets A twice/,
  ],
  'env-var-secret': [
    'Deployment',
    `${container}.env`,
    '[{ name: DB_PASSWORD, value: a }]',
    /DB_PASSWORD in plain/,
  ],
  'escalating-verbs': ['Role', 'rules', '[{ resources: [roles], verbs: [escalate] }]', /may escalate/],
  'has-poddisruptionbudget': [
    'PodDisruptionBudget',
    'spec.selector.matchLabels.x',
    'y',
    /0 disruption budgets/,
  ],
  'horizontalpodautoscaler-replicas': ['HorizontalPodAutoscaler', 'spec.maxReplicas', '2', /no room/],
  'host-ipc': ['Deployment', `${pod}.hostIPC`, 'true', /IPC/],
  'host-name': ['Ingress', 'spec.rules.0.host', 'x.elb.amazonaws.com', /host name/],
  'host-network': ['Deployment', `${pod}.hostNetwork`, 'true', /network/],
  'host-pid': ['Deployment', `${pod}.hostPID`, 'true', /processes/],
  'host-port': ['Deployment', `${container}.ports.0.hostPort`, '8080', /port 8080 of its node/],
  'hpa-without-replicas': ['Deployment', 'spec.replicas', '2', /fight/],
  'ingress-has-tls': ['Ingress', 'spec.tls', '', /without TLS/],
  'invalid-target-ports': ['Service', 'spec.ports.0.targetPort', 'other', /port other/],
  'job-ttl-seconds-after-finished': ['Job', 'metadata.annotations', '', /never cleaned up/],
  'label-values': ['Service', 'metadata.labels.version', 'a b', /label version/],
  'latest-tag': ['Deployment', `${container}.image`, 'registry.example.com/app:latest', /exact tag/],
  'liveness-port': ['Deployment', `${container}.livenessProbe.httpGet.port`, '9', /\(liveness\) on port 9/],
  'minimum-replicas': ['HorizontalPodAutoscaler', 'spec.minReplicas', '1', /1 replica in production/],
  'mismatching-selector': ['Deployment', 'spec.selector.matchLabels.x', 'y', /own pods/],
  'no-anti-affinity': ['Deployment', `${pod}.affinity`, '', /one node/],
  'no-liveness-probe': ['Deployment', `${container}.livenessProbe`, '', /liveness/],
  'no-read-only-root-fs': [
    'Deployment',
    `${container}.securityContext.readOnlyRootFilesystem`,
    'false',
    /root file system/,
  ],
  'no-readiness-probe': ['Deployment', `${container}.readinessProbe`, '', /readiness/],
  'no-rolling-update-strategy': ['Deployment', 'spec.strategy', '', /pod by pod/],
  'no-snippets': ['Ingress', 'metadata.annotations', '{ nginx.org/server-snippets: x }', /by text/],
  'non-existent-service-account': [
    'Deployment',
    `${pod}.serviceAccountName`,
    'gone',
    /"gone", which is not there/,
  ],
  'non-isolated-pod': ['NetworkPolicy', 'spec.policyTypes', '[Ingress]', /policy for Egress/],
  'pdb-max-unavailable': ['PodDisruptionBudget', 'spec.maxUnavailable', '0', /drained/],
  'pdb-min-available': ['PodDisruptionBudget', 'spec.minAvailable', '100%', /every pod to stay/],
  'pdb-unhealthy-pod-eviction-policy': [
    'PodDisruptionBudget',
    'spec.unhealthyPodEvictionPolicy',
    '',
    /broken pods/,
  ],
  'plain-secret': ['ConfigMap', 'kind', 'Secret', /plain text/],
  'pod-probes-identical': ['Deployment', `${container}.readinessProbe.httpGet.path`, '/live', /one probe/],
  'pod-topology-spread-constraints': ['Deployment', `${pod}.topologySpreadConstraints`, '', /zones/],
  'poddisruptionbudget-has-policy': ['PodDisruptionBudget', 'spec.maxUnavailable', '', /neither/],
  'priority-class-name': ['Deployment', `${pod}.priorityClassName`, '', /priority class/],
  'privilege-escalation-container': [
    'Deployment',
    `${container}.securityContext.allowPrivilegeEscalation`,
    '',
    /gain privileges/,
  ],
  'privileged-container': ['Deployment', `${container}.securityContext.privileged`, 'true', /privileged/],
  'privileged-ports': ['Deployment', `${container}.ports.0.containerPort`, '80', /port 80/],
  'read-secret-from-env-var': [
    'Deployment',
    `${container}.env`,
    '[{ name: A, valueFrom: { secretKeyRef: { name: a, key: b } } }]',
    /reads A/,
  ],
  'readiness-port': [
    'Deployment',
    `${container}.readinessProbe.httpGet.port`,
    '9',
    /\(readiness\) on port 9/,
  ],
  'required-label-owner': ['Service', 'metadata.labels.owner', '', /label owner/],
  'restart-policy': ['Job', `${pod}.restartPolicy`, 'Always', /restart policy Always/],
  'run-as-non-root': ['Deployment', `${pod}.securityContext.runAsNonRoot`, '', /run as root/],
  'sensitive-host-mounts': ['Deployment', `${pod}.volumes`, '[{ hostPath: { path: /etc } }]', /mounts \/etc/],
  'sensitive-resources': [
    'Role',
    'rules',
    '[{ resources: [pods/exec], verbs: [create] }]',
    /reaches into pods/,
  ],
  'service-account-token': ['Deployment', `${pod}.automountServiceAccountToken`, '', /token/],
  'service-type': ['Service', 'spec.type', 'NodePort', /every node/],
  'ssh-port': ['Deployment', `${container}.ports.0.containerPort`, '22', /SSH/],
  'stable-version': ['NetworkPolicy', 'apiVersion', 'networking.k8s.io/v1beta1', /go away/],
  'startup-port': ['Deployment', `${container}.startupProbe.httpGet.port`, '9', /\(startup\) on port 9/],
  'statefulset-has-servicename': ['StatefulSet', 'spec.serviceName', 'gone', /"gone"/],
  'unsafe-proc-mount': ['Deployment', `${container}.securityContext.procMount`, 'Unmasked', /\/proc/],
  'unsafe-sysctls': [
    'Deployment',
    `${pod}.securityContext.sysctls`,
    '[{ name: kernel.shm_rmid_forced }]',
    /shm_rmid/,
  ],
  'unset-cpu-requirements': ['Deployment', `${container}.resources.requests.cpu`, '', /CPU/],
  'unset-memory-requirements': [
    'Deployment',
    `${container}.resources.limits.memory`,
    '',
    /memory request or limit/,
  ],
  'use-namespace': ['Service', 'metadata.namespace', 'default', /no namespace/],
  'wildcard-in-rules': ['Role', 'rules', "[{ resources: [pods], verbs: ['*'] }]", /\(\*\)/],
};

type Node = Record<string, unknown>;

function breakWorld(kind: string, path: string, value: string) {
  const world = goodWorld();
  const keys = path.split('.');
  const last = keys.pop()!;
  let node = world.objects.find((object) => object.kind === kind) as unknown as Node;
  for (const key of keys) {
    node[key] ??= {};
    node = node[key] as Node;
  }
  if (value === '') delete node[last];
  else node[last] = parse(value);
  return world;
}

test('a world that follows every policy is refused by none', () => {
  expect(policyFindings(goodWorld())).toEqual([]);
});

describe('a manifest that breaks a policy is refused with a sentence', () => {
  test.each(Object.entries(breaks))('%s', (name, [kind, path, value, told]) => {
    const found = policyFindings(breakWorld(kind, path, value)).filter(({ rule }) => rule === name);
    expect(found.map(({ sentence }) => sentence).join('\n')).toMatch(told);
    for (const { sentence } of found) expect(sentence).toMatch(/^[A-Z]\w+ (\S+\/)?\S+ .+\.$/);
  });
});

test('every policy has a file, a place in the index and a manifest that breaks it', () => {
  const names = policies.map(({ name }) => name).sort();
  const files = readdirSync(join(import.meta.dirname, 'policies')).filter((file) => file !== 'index.ts');
  expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual(names);
  expect(Object.keys(breaks).sort()).toEqual(names);
});
