/**
 * `apps/fineract`: what the instances share. The ConfigMap of the source's diagram, and the analysis that judges a
 * release. The base holds the values that all environments have in common; each overlay adds its own.
 */

import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { configValues } from '../model/config-values.ts';
import type { Environment } from '../model/environments.ts';
import type { Model } from '../model/model.ts';
import { kustomizeFolder, type PatchOperation, pointer } from './kustomization.ts';
import { waveAnnotation } from './metadata.ts';
import type { KubeObject, RenderedFile } from './tree.ts';

const source = 'platform/model/config-values.ts';
const folder = 'apps/fineract';

const metadata = (name: string) => ({
  name,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'fineract', owner: 'bank-platform' },
  annotations: waveAnnotation(0),
});

/** The values that every environment shares. */
export function commonValues(model: Model): Record<string, string> {
  const [first, ...others] = model.environments.map((environment) => configValues(model, environment));
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([key, value]) => others.every((values) => values[key] === value)),
  );
}

const prometheus = 'http://prometheus-service.monitoring.svc:9090';
const requests = 'job="{{args.component}}",rollouts_pod_template_hash="{{args.pod-template-hash}}"';

/** Two promises of the API, measured on the new version's own pods: few errors, quick answers. */
const releaseHealth: IAnalysisTemplate = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: metadata('release-health'),
  spec: {
    args: [{ name: 'component' }, { name: 'pod-template-hash' }],
    metrics: [
      {
        name: 'error-rate',
        interval: '30s',
        count: 6,
        failureLimit: 1,
        inconclusiveLimit: 6,
        successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] < 0.01',
        provider: {
          prometheus: {
            address: prometheus,
            query:
              `sum(rate(http_server_request_duration_seconds_count{${requests},status_code=~"5.."}[2m]))` +
              ` / sum(rate(http_server_request_duration_seconds_count{${requests}}[2m]))`,
          },
        },
      },
      {
        name: 'latency-p95-seconds',
        interval: '30s',
        count: 6,
        failureLimit: 1,
        inconclusiveLimit: 6,
        successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] < 1',
        provider: {
          prometheus: {
            address: prometheus,
            query: `histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{${requests}}[2m])))`,
          },
        },
      },
    ],
  },
};

/** Is the new version ready, before any command reaches it? */
const releaseSmoke: IAnalysisTemplate = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: metadata('release-smoke'),
  spec: {
    args: [{ name: 'service' }, { name: 'namespace' }],
    metrics: [
      {
        name: 'ready',
        interval: '10s',
        count: 3,
        failureLimit: 0,
        successCondition: 'result == "UP"',
        provider: {
          web: {
            url: 'http://{{args.service}}.{{args.namespace}}.svc:8080/fineract-provider/actuator/health/readiness',
            jsonPath: '{$.status}',
            timeoutSeconds: 10,
          },
        },
      },
    ],
  },
};

export function sharedObjects(model: Model): readonly KubeObject[] {
  const config: IConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata('fineract-config'),
    data: commonValues(model),
  };
  return [config, releaseHealth, releaseSmoke];
}

/** What an environment adds to `fineract-config`. */
function configPatch(model: Model, environment: Environment): readonly PatchOperation[] {
  const common = commonValues(model);
  return Object.entries(configValues(model, environment))
    .filter(([key]) => !Object.hasOwn(common, key))
    .map(([key, value]) => ({ op: 'add', path: `/data/${pointer(key)}`, value }));
}

export function renderShared(model: Model): readonly RenderedFile[] {
  const base = kustomizeFolder({ path: `${folder}/base`, source, objects: sharedObjects(model) });
  const overlays = model.environments.flatMap((environment) =>
    kustomizeFolder({
      path: `${folder}/overlays/${environment.name}`,
      source,
      resources: ['../../base'],
      patches: [
        {
          target: { kind: 'ConfigMap', name: 'fineract-config' },
          operations: configPatch(model, environment),
        },
      ],
    }),
  );
  return [...base, ...overlays];
}
