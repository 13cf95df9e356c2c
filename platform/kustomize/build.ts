/**
 * Builds a folder of the tree as `kubectl kustomize` would, in memory: resources, components, patches, namespace,
 * labels. It lets `validate`, `plan` and `diff` work where no kubectl is installed; a test compares it with the real
 * one, object by object.
 */

import { parse } from 'yaml';
import type { Kustomization, PatchOperation, PatchTarget } from '../render/kustomization.ts';
import { clusterScoped } from '../render/scope.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { applyOperation } from './patch.ts';

interface Mutable {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

/** `a/b/../c` -> `a/c`. */
function join(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/**
 * The objects of one folder.
 * @throws Error that names the folder when something it refers to is not in the tree, or a patch does not fit
 */
export function buildFolder(tree: Tree, folder: string): readonly KubeObject[] {
  return accumulate(tree, folder, []);
}

function accumulate(tree: Tree, folder: string, inherited: readonly Mutable[]): Mutable[] {
  const file = tree.get(`${folder}/kustomization.yaml`);
  if (!file) throw new Error(`${folder}/kustomization.yaml is not in the tree.`);
  const kustomization = file.value as Kustomization;
  let objects = [...inherited];
  for (const resource of kustomization.resources ?? []) {
    const path = join(folder, resource);
    if (resource.endsWith('.yaml')) objects.push(read(tree, path));
    else objects.push(...accumulate(tree, path, []));
  }
  assertUnique(folder, objects);
  for (const component of kustomization.components ?? [])
    objects = accumulate(tree, join(folder, component), objects);
  transform(folder, kustomization, objects);
  return objects;
}

function read(tree: Tree, path: string): Mutable {
  const file = tree.get(path);
  if (!file) throw new Error(`${path} is not in the tree.`);
  return structuredClone(file.value) as Mutable;
}

const keyOf = ({ apiVersion, kind, metadata }: Mutable): string =>
  `${apiVersion}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

function assertUnique(folder: string, objects: readonly Mutable[]): void {
  const seen = new Set<string>();
  for (const object of objects) {
    if (seen.has(keyOf(object))) throw new Error(`${folder} holds ${keyOf(object)} twice.`);
    seen.add(keyOf(object));
  }
}

function transform(folder: string, kustomization: Kustomization, objects: readonly Mutable[]): void {
  for (const { target, patch } of kustomization.patches ?? []) {
    const operations = parse(patch) as PatchOperation[];
    for (const object of objects.filter((candidate) => matches(target, candidate))) {
      applyAll(folder, object, operations);
    }
  }
  if (kustomization.namespace) setNamespace(kustomization.namespace, objects);
  for (const { pairs } of kustomization.labels ?? []) {
    for (const object of objects) object.metadata.labels = { ...object.metadata.labels, ...pairs };
  }
}

/** The fields of a target are regular expressions, matched as a whole. */
const matches = ({ kind, name }: PatchTarget, object: Mutable): boolean =>
  new RegExp(`^(?:${kind})$`).test(object.kind) && new RegExp(`^(?:${name})$`).test(object.metadata.name);

function applyAll(folder: string, object: Mutable, operations: readonly PatchOperation[]): void {
  for (const operation of operations) {
    try {
      applyOperation(object as unknown as Record<string, unknown>, structuredClone(operation));
    } catch (error) {
      const what = `${object.kind} ${object.metadata.name}`;
      throw new Error(`${folder}: the patch of ${what} does not fit: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

function setNamespace(namespace: string, objects: readonly Mutable[]): void {
  const accounts = new Set(
    objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name),
  );
  for (const object of objects) {
    if (object.kind === 'Namespace') object.metadata.name = namespace;
    else if (!clusterScoped.has(object.kind)) object.metadata.namespace = namespace;
    for (const subject of object.subjects ?? []) {
      if (subject.kind === 'ServiceAccount' && accounts.has(subject.name)) subject.namespace = namespace;
    }
  }
}
