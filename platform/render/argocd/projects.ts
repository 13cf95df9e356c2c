/**
 * `argocd/projects/<env>`: what each application may touch. The kinds are those that the tree really holds, so a
 * project widens only when the model does.
 */

import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { Environment } from '../../model/environments.ts';
import { componentsIn, type Model } from '../../model/model.ts';
import { waveAnnotation } from '../metadata.ts';
import { clusterScoped } from '../scope.ts';
import { compact, type KubeObject } from '../tree.ts';
import type { ProjectName } from './applications.ts';

type Spec = IAppProject['spec'];
type Kind = { readonly group: string; readonly kind: string };

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

function kindsOf(objects: readonly KubeObject[], scope: 'cluster' | 'namespace'): Kind[] {
  const kinds = objects
    .filter(({ kind }) => clusterScoped.has(kind) === (scope === 'cluster'))
    .map(
      ({ apiVersion, kind }) =>
        [`${groupOf(apiVersion)}/${kind}`, { group: groupOf(apiVersion), kind }] as const,
    );
  return [...new Map(kinds).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

/** What operators' charts install: definitions, roles and webhooks, never a workload of the bank. */
const operatorClusterKinds: Kind[] = [
  { group: '', kind: 'Namespace' },
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
];

interface ProjectFacts {
  readonly name: ProjectName;
  readonly description: string;
  readonly repositories: readonly string[];
  readonly namespaces: readonly string[];
  readonly clusterKinds: Kind[];
  readonly namespaceKinds?: Kind[];
}

function projectOf(model: Model, environment: Environment, facts: ProjectFacts): IAppProject {
  const { syncWindow } = environment;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: facts.name,
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/part-of': 'fineract', 'fineract-gitops/environment': environment.name },
      annotations: waveAnnotation(-10),
    },
    spec: compact<Spec>({
      description: facts.description,
      sourceRepos: [...facts.repositories],
      destinations: facts.namespaces.map((namespace) => ({
        server: 'https://kubernetes.default.svc',
        namespace,
      })),
      clusterResourceWhitelist: facts.clusterKinds,
      namespaceResourceWhitelist: facts.namespaceKinds,
      // Outside the window not even a manual sync is let through.
      syncWindows: syncWindow && [
        {
          kind: 'allow',
          schedule: syncWindow.schedule,
          duration: `${syncWindow.durationHours}h`,
          timeZone: model.settings.timeZone,
          applications: ['*'],
          manualSync: false,
          description: syncWindow.label,
        },
      ],
    }),
  };
}

/** The projects of an environment; `objects` are what the three rooms hold after the build. */
export function projectsOf(
  model: Model,
  environment: Environment,
  objects: Readonly<Record<'bank' | 'monitoring' | 'cluster', readonly KubeObject[]>>,
): readonly IAppProject[] {
  const charts = componentsIn(model, environment).filter((component) => component.workload.kind === 'chart');
  const chartRepositories = charts.flatMap(({ workload }) =>
    workload.kind === 'chart' ? [workload.repository] : [],
  );
  const ours = [model.settings.repository];
  const kinds = (room: 'bank' | 'monitoring' | 'cluster') => ({
    clusterKinds: kindsOf(objects[room], 'cluster'),
    namespaceKinds: kindsOf(objects[room], 'namespace'),
  });
  const facts: readonly ProjectFacts[] = [
    {
      name: 'root',
      description: 'The application of applications: it may hold applications and nothing else',
      repositories: ours,
      namespaces: ['argocd'],
      clusterKinds: [],
      namespaceKinds: [{ group: 'argoproj.io', kind: 'Application' }],
    },
    {
      name: 'secrets',
      description: 'Sealed secrets, wherever they are read',
      repositories: ours,
      namespaces: [environment.namespace, 'monitoring', 'velero', 'argocd'],
      clusterKinds: [],
      namespaceKinds: [{ group: 'bitnami.com', kind: 'SealedSecret' }],
    },
    {
      name: 'bank',
      description: "The bank's own namespace",
      repositories: ours,
      namespaces: [environment.namespace],
      ...kinds('bank'),
    },
    {
      name: 'monitoring',
      description: 'The observability stack',
      repositories: ours,
      namespaces: ['monitoring'],
      ...kinds('monitoring'),
    },
    {
      name: 'cluster',
      description: 'What the cluster shares: issuers, priorities, backup schedules',
      repositories: ours,
      namespaces: [
        'argocd',
        'cert-manager',
        'velero',
        ...(environment.edge === 'gateway-api' ? ['nginx-gateway'] : []),
      ],
      ...kinds('cluster'),
    },
    {
      name: 'operators',
      description: "Controllers, from their maintainers' charts at exact versions",
      repositories: [...new Set(chartRepositories)].sort(),
      namespaces: [...new Set(charts.map(({ place }) => place)), 'kube-system'].sort(),
      clusterKinds: operatorClusterKinds,
    },
  ];
  return facts.map((fact) => projectOf(model, environment, fact));
}
