/** How checks look at objects whose shape they do not know: safely, and by short questions. */

import type { KubeObject } from '../render/tree.ts';

/** Any Kubernetes object, for reading only. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path, or undefined wherever the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) current = isJson(current) ? current[key] : undefined;
  return current;
}

export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
};

export const listAt = (value: unknown, ...path: readonly string[]): readonly Json[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isJson) : [];
};

/** A map of text to text, such as labels; empty where there is none. */
export const textsAt = (value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> => {
  const found = at(value, ...path);
  return isJson(found)
    ? Object.fromEntries(Object.entries(found).map(([key, text]) => [key, String(text)]))
    : {};
};

export const nameOf = (object: KubeObject): string => object.metadata?.name ?? '';
export const namespaceOf = (object: KubeObject): string => object.metadata?.namespace ?? '';

/** `Deployment fineract-dev/gateway`, as problems name an object. */
export const titleOf = (object: KubeObject): string => {
  const namespace = namespaceOf(object);
  return `${object.kind} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
};

/** Pods are described in five places; where the template stands in each kind. */
const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pod template that an object carries; undefined when it makes no pods itself. */
export function templateOf(object: KubeObject): Json | undefined {
  const path = templatePaths[object.kind];
  const template = path && at(object, ...path);
  return isJson(template) ? template : undefined;
}

export const podSpecOf = (object: KubeObject): Json | undefined => {
  const spec = at(templateOf(object), 'spec');
  return isJson(spec) ? spec : undefined;
};

/** Main and init containers of an object's pods. */
export const containersOf = (object: KubeObject): readonly Json[] => {
  const spec = podSpecOf(object);
  return [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')];
};

/** Containers that keep running: not the init ones. */
export const mainContainersOf = (object: KubeObject): readonly Json[] =>
  listAt(podSpecOf(object), 'containers');

/** Does a label selector of `matchLabels` pick these labels? An empty selector picks everything. */
export const selects = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Calls `visit` with every map inside a value, and the path to it. */
export function walk(
  value: unknown,
  visit: (node: Json, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, visit, [...path, String(i)]);
  if (!isJson(value)) return;
  visit(value, path);
  for (const [key, item] of Object.entries(value)) walk(item, visit, [...path, key]);
}
