/** Where the parts that patches change stand in each kind of workload. */

import type { Component } from '../../model/types.ts';
import type { PatchTarget } from '../kustomization.ts';

const kinds: Partial<Record<Component['workload']['kind'], string>> = {
  canary: 'Rollout',
  'blue-green': 'Rollout',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
};

/** The object that holds a component's pod template; undefined for what an operator runs. */
export function workloadTarget(component: Component): PatchTarget | undefined {
  const kind = kinds[component.workload.kind];
  return kind ? { kind, name: component.name } : undefined;
}

/** JSON pointer of the pod template. */
export const templatePath = (component: Component): string =>
  component.workload.kind === 'cronjob' ? '/spec/jobTemplate/spec/template' : '/spec/template';

/** JSON pointer of the container called `name`; containers keep the order of the model. */
export function containerPath(component: Component, name: string): string {
  const sidecars = (component.extra ?? [])
    .filter((extra) => extra.role === 'sidecar')
    .map((extra) => extra.name);
  const index = [component.name, ...sidecars].indexOf(name);
  if (index < 0) throw new Error(`${component.name} has no container ${name}.`);
  return `${templatePath(component)}/spec/containers/${index}`;
}
