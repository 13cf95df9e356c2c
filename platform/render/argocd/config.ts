/** `argocd/config`: Argo CD's own settings: health of our kinds, who may sync what, and who is told. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Model } from '../../model/model.ts';
import { yamlOf } from '../yaml.ts';

const configMap = (name: string, data: Record<string, string>): IConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: 'argocd',
    labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'argocd' },
  },
  data,
});

/** App-of-apps waits for a wave only if applications have a health; Argo CD took its own away in 1.8. */
const applicationHealth = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  if obj.status.health.message ~= nil then
    health.message = obj.status.health.message
  end
end
return health
`;

/** A release that was aborted by its analysis is degraded, one that waits at a step is suspended. */
const rolloutHealth = `local health = { status = "Progressing", message = "Waiting for the rollout" }
if obj.status == nil then
  return health
end
if tostring(obj.metadata.generation) ~= obj.status.observedGeneration then
  return health
end
local phases = { Healthy = "Healthy", Degraded = "Degraded", Paused = "Suspended", Progressing = "Progressing" }
health.status = phases[obj.status.phase] or "Progressing"
health.message = obj.status.message or ""
return health
`;

/** The database is healthy when all its instances are ready. */
const clusterHealth = `local health = { status = "Progressing", message = "Waiting for the instances" }
if obj.status ~= nil then
  health.message = obj.status.phase or ""
  if obj.status.readyInstances == obj.spec.instances then
    health.status = "Healthy"
  end
end
return health
`;

const settings = (): IConfigMap =>
  configMap('argocd-cm', {
    'application.resourceTrackingMethod': 'annotation',
    'resource.customizations.health.argoproj.io_Application': applicationHealth,
    'resource.customizations.health.argoproj.io_Rollout': rolloutHealth,
    'resource.customizations.health.postgresql.cnpg.io_Cluster': clusterHealth,
    // Certificates and metrics agents write these after us; they are no drift.
    'resource.customizations.ignoreDifferences.admissionregistration.k8s.io_ValidatingWebhookConfiguration':
      yamlOf({
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
      }),
    'exec.enabled': 'false',
    'users.anonymous.enabled': 'false',
    'admin.enabled': 'false',
  });

/** Developers look everywhere and sync development; releases are synced by those who may approve them. */
function accessPolicy(model: Model): IConfigMap {
  const lines = [
    'p, role:developer, applications, get, */*, allow',
    'p, role:developer, logs, get, */*, allow',
    'p, role:approver, applications, get, */*, allow',
    'p, role:approver, logs, get, */*, allow',
    ...model.environments.flatMap(({ name, approvalRequired }) => {
      const role = approvalRequired ? 'role:approver' : 'role:developer';
      return ['cluster', 'secrets', 'monitoring', 'bank'].map(
        (room) => `p, ${role}, applications, sync, */${room}-${name}, allow`,
      );
    }),
    ...model.environments.map(
      ({ name, approvalRequired }) =>
        `p, ${approvalRequired ? 'role:approver' : 'role:developer'}, applications, sync, */${name}, allow`,
    ),
    'g, bank-developers, role:developer',
    'g, bank-approvers, role:approver',
  ];
  return configMap('argocd-rbac-cm', {
    'policy.default': '',
    'policy.csv': `${lines.join('\n')}\n`,
    scopes: '[groups]',
  });
}

const triggers = {
  'on-deployed': {
    when: "app.status.operationState != nil and app.status.operationState.phase in ['Succeeded'] and app.status.health.status == 'Healthy'",
    oncePer: 'app.status.operationState?.syncResult?.revision',
    send: ['deployed'],
  },
  'on-sync-failed': {
    when: "app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']",
    send: ['sync-failed'],
  },
  'on-degraded': { when: "app.status.health.status == 'Degraded'", send: ['degraded'] },
} as const;

const template = (subject: string, body: string): string => yamlOf({ email: { subject }, message: body });

function notifications(model: Model): IConfigMap {
  const triggerKeys = Object.entries(triggers).map(([name, trigger]) => [
    `trigger.${name}`,
    yamlOf([trigger]),
  ]);
  return configMap('argocd-notifications-cm', {
    'service.email': yamlOf({
      host: `smtp.${model.settings.domain}`,
      port: 587,
      from: `argocd@${model.settings.domain}`,
      username: '$smtp-username',
      password: '$smtp-password',
    }),
    'template.deployed': template(
      '{{.app.metadata.name}} is deployed',
      '{{.app.metadata.name}} runs {{.app.status.sync.revision}} and is healthy.',
    ),
    'template.sync-failed': template(
      '{{.app.metadata.name}} could not be synced',
      'The sync of {{.app.metadata.name}} failed: {{.app.status.operationState.message}}',
    ),
    'template.degraded': template(
      '{{.app.metadata.name}} is degraded',
      '{{.app.metadata.name}} is degraded; see its resources in Argo CD.',
    ),
    ...Object.fromEntries(triggerKeys),
    subscriptions: yamlOf([
      { recipients: [`email:${model.settings.operatorEmail}`], triggers: Object.keys(triggers) },
    ]),
  });
}

export const argoCdConfig = (model: Model): readonly IConfigMap[] => [
  settings(),
  accessPolicy(model),
  notifications(model),
];
