/**
 * `argocd/applications/<env>`: the applications that the root application of an environment holds. Waves put the
 * operators first, then what the cluster shares, the secrets, the bank and its monitoring.
 */

import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { Environment } from '../../model/environments.ts';
import { componentsIn, type Model, revisionOf } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { waveAnnotation } from '../metadata.ts';
import { compact } from '../tree.ts';
import { chartValues } from './values.ts';

type Spec = IApplication['spec'];
export type ProjectName = 'root' | 'secrets' | 'bank' | 'monitoring' | 'cluster' | 'operators';

const inCluster = 'https://kubernetes.default.svc';

/** How Argo CD syncs an environment: by itself or by hand, and how often it tries again. */
export function syncPolicy(environment: Environment): NonNullable<Spec['syncPolicy']> {
  return compact<NonNullable<Spec['syncPolicy']>>({
    automated: environment.autoSync ? { prune: true, selfHeal: true } : undefined,
    retry: {
      limit: environment.retryLimit,
      refresh: true,
      backoff: { duration: '10s', factor: 2, maxDuration: '3m' },
    },
    syncOptions: [
      'ServerSideApply=true',
      'PruneLast=true',
      'ApplyOutOfSyncOnly=true',
      'FailOnSharedResource=true',
      'RespectIgnoreDifferences=true',
    ],
  });
}

/** At night somebody else sets the replicas, and Argo CD must not set them back. */
const nightDifferences: NonNullable<Spec['ignoreDifferences']> = [
  { group: 'argoproj.io', kind: 'Rollout', jsonPointers: ['/spec/replicas'] },
  { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
  { group: 'apps', kind: 'StatefulSet', jsonPointers: ['/spec/replicas'] },
];

export interface ApplicationFacts {
  readonly name: string;
  readonly wave: number;
  readonly project: ProjectName;
  readonly namespace: string;
  readonly source: NonNullable<Spec['source']>;
  readonly ignoreDifferences?: Spec['ignoreDifferences'];
}

/**
 * One application. Only development environments cascade a deletion: elsewhere, deleting an application must not delete
 * the bank that it describes.
 */
export function applicationOf(environment: Environment, facts: ApplicationFacts): IApplication {
  const { name, wave, project, namespace, source, ignoreDifferences } = facts;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: compact<IApplication['metadata']>({
      name,
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/part-of': 'fineract', 'fineract-gitops/environment': environment.name },
      annotations: waveAnnotation(wave),
      finalizers: environment.stage === 'dev' ? ['resources-finalizer.argocd.argoproj.io'] : undefined,
    }),
    spec: compact<Spec>({
      project,
      destination: { server: inCluster, namespace },
      source,
      ignoreDifferences,
      revisionHistoryLimit: 10,
      syncPolicy: syncPolicy(environment),
    }),
  };
}

/** The folder of the tree, at the revision that the environment follows. */
export const gitSource = (
  model: Model,
  environment: Environment,
  path: string,
): NonNullable<Spec['source']> => ({
  repoURL: model.settings.repository,
  targetRevision: revisionOf(model, environment),
  path,
});

function chartApplication(
  model: Model,
  environment: Environment,
  component: Component,
): readonly IApplication[] {
  const { workload } = component;
  if (workload.kind !== 'chart') return [];
  const application = applicationOf(environment, {
    name: component.name,
    wave: component.wave,
    project: 'operators',
    namespace: component.place,
    source: {
      repoURL: workload.repository,
      chart: workload.chart,
      targetRevision: workload.version,
      helm: { releaseName: component.name, valuesObject: { ...chartValues(model, component, environment) } },
    },
  });
  const options = [...(application.spec.syncPolicy?.syncOptions ?? []), 'CreateNamespace=true'];
  return [
    {
      ...application,
      spec: { ...application.spec, syncPolicy: { ...application.spec.syncPolicy, syncOptions: options } },
    },
  ];
}

/** All applications of an environment, the root aside. */
export function applicationsOf(model: Model, environment: Environment): readonly IApplication[] {
  const room = (
    name: 'cluster' | 'bank' | 'monitoring',
    wave: number,
    namespace: string,
    differences?: Spec['ignoreDifferences'],
  ) =>
    applicationOf(environment, {
      name: `${name}-${environment.name}`,
      wave,
      project: name,
      namespace,
      source: gitSource(model, environment, `deploy/environments/${environment.name}/${name}`),
      ...(differences ? { ignoreDifferences: differences } : {}),
    });
  const secrets = applicationOf(environment, {
    name: `secrets-${environment.name}`,
    wave: -2,
    project: 'secrets',
    namespace: environment.namespace,
    source: {
      ...gitSource(model, environment, `deploy/secrets/${environment.name}`),
      directory: { recurse: true, exclude: 'kustomization.yaml' },
    },
  });
  return [
    ...componentsIn(model, environment).flatMap((component) =>
      chartApplication(model, environment, component),
    ),
    secrets,
    room('cluster', -1, 'argocd'),
    room('monitoring', 1, 'monitoring'),
    room('bank', 2, environment.namespace, environment.sleepsAtNight ? nightDifferences : undefined),
  ];
}
