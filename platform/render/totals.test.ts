/** Adds up what the built environments really request, and compares it with the source's profile table. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel, environmentOf, peakTotals } from '../model/model.ts';
import { renderTree } from './index.ts';
import type { KubeObject } from './tree.ts';

interface Requests {
  readonly cpu: string;
  readonly memory: string;
}
interface Claim {
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
}
interface PodSpec {
  readonly containers: readonly { readonly resources: { readonly requests: Requests } }[];
}
interface Loose extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly instances?: number;
    readonly template?: { readonly spec: PodSpec };
    readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: PodSpec } } };
    readonly resources?: { readonly requests: Requests };
    readonly storage?: { readonly size?: string; readonly volumes?: readonly { readonly size: string }[] };
    readonly volumeClaimTemplates?: readonly Claim[];
    readonly instanceSidecarConfiguration?: { readonly resources: { readonly requests: Requests } };
  };
}
interface Sum {
  readonly cpu: number;
  readonly memory: number;
}

const model = createModel();
const tree = renderTree(model, readInputs(join(import.meta.dirname, '../../deploy')));
const bank = (environment: string): readonly Loose[] =>
  (buildFolder(tree, `environments/${environment}/bank`) as Loose[]).filter(({ spec }) => spec !== undefined);

const read = ({ cpu, memory }: Requests): Sum => ({
  cpu: Number.parseInt(cpu, 10),
  memory: Number.parseInt(memory, 10),
});
const plus = (a: Sum, b: Sum): Sum => ({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory });
const times = (n: number, { cpu, memory }: Sum): Sum => ({ cpu: cpu * n, memory: memory * n });
const none: Sum = { cpu: 0, memory: 0 };
const pod = (spec: PodSpec | undefined): Sum =>
  (spec?.containers ?? []).map(({ resources }) => read(resources.requests)).reduce(plus, none);
const gi = (size: string | undefined): number => Number.parseInt(size ?? '0', 10);

function steady(objects: readonly Loose[]): Sum {
  const scaled = (object: Loose): number =>
    object.spec.replicas ??
    objects.find((o) => o.kind === 'HorizontalPodAutoscaler' && o.metadata?.name === object.metadata?.name)
      ?.spec.minReplicas ??
    1;
  const archive = objects.find(({ kind }) => kind === 'ObjectStore')?.spec.instanceSidecarConfiguration
    ?.resources;
  const sums = objects.map((object): Sum => {
    if (['Rollout', 'Deployment', 'StatefulSet'].includes(object.kind)) {
      return times(scaled(object), pod(object.spec.template?.spec));
    }
    if (object.kind === 'Cluster' && object.spec.resources) {
      const instance = plus(read(object.spec.resources.requests), archive ? read(archive.requests) : none);
      return times(object.spec.instances ?? 1, instance);
    }
    if (object.kind === 'KafkaNodePool' && object.spec.resources) {
      return times(object.spec.replicas ?? 1, read(object.spec.resources.requests));
    }
    return none;
  });
  const jobs = objects
    .filter(({ kind }) => kind === 'Job' || kind === 'CronJob')
    .map(({ spec }) => pod(spec.jobTemplate?.spec.template.spec ?? spec.template?.spec));
  const slot = {
    cpu: Math.max(...jobs.map(({ cpu }) => cpu)),
    memory: Math.max(...jobs.map(({ memory }) => memory)),
  };
  return plus(sums.reduce(plus, none), slot);
}

const storage = (objects: readonly Loose[]): number =>
  objects
    .flatMap(({ kind, spec }) => [
      ...(spec.volumeClaimTemplates ?? []).map((claim) => gi(claim.spec.resources.requests.storage)),
      ...(kind === 'Cluster' ? [gi(spec.storage?.size)] : []),
      ...(kind === 'KafkaNodePool' ? (spec.storage?.volumes ?? []).map(({ size }) => gi(size)) : []),
    ])
    .reduce((a, b) => a + b, 0);

describe('what the rendered objects request is the profile table', () => {
  test.each([
    ['dev', 5, 13, 100],
    ['uat', 5.5, 14, 110],
    ['production', 14.5, 40, 310],
  ])('%s: %d CPU, %d Gi, %d GB', (environment, cpus, memoryGi, storageGb) => {
    const objects = bank(environment);
    const { cpu, memory } = steady(objects);
    expect([cpu / 1000, memory / 1024, storage(objects)]).toEqual([cpus, memoryGi, storageGb]);
  });
});

test('every Job fits what the steady state leaves of the quota', () => {
  for (const { name, quota } of model.environments) {
    const peak = peakTotals(model, environmentOf(model, name));
    expect(peak.cpuMillis).toBeLessThanOrEqual(quota.cpuMillis);
    expect(peak.memoryMi).toBeLessThanOrEqual(quota.memoryMi);
  }
});
