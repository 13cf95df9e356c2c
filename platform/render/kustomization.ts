/** The part of Kustomize that the tree uses: resources, components, one namespace, JSON patches with targets. */

import { filesOf, type KubeObject, type RenderedFile } from './tree.ts';
import { yamlOf } from './yaml.ts';

/** One operation of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** Which objects a patch changes; `name` is a regular expression, matched as a whole. */
export interface PatchTarget {
  readonly kind: string;
  readonly name: string;
}

export interface Patch {
  readonly target: PatchTarget;
  readonly operations: readonly PatchOperation[];
}

export interface Kustomization {
  readonly apiVersion: 'kustomize.config.k8s.io/v1beta1' | 'kustomize.config.k8s.io/v1alpha1';
  readonly kind: 'Kustomization' | 'Component';
  readonly namespace?: string;
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly labels?: readonly { readonly pairs: Readonly<Record<string, string>> }[];
  readonly patches?: readonly { readonly target: PatchTarget; readonly patch: string }[];
}

export interface Folder {
  readonly path: string;
  readonly source: string;
  readonly kind?: Kustomization['kind'];
  readonly namespace?: string;
  /** Objects written into this folder. */
  readonly objects?: readonly KubeObject[];
  /** Other folders, relative to this one. */
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  /** Labels for the metadata of every object; selectors and pods stay as they are. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly patches?: readonly Patch[];
}

/** A folder with its kustomization.yaml: objects in files of their own, others by reference, patches inline. */
export function kustomizeFolder(folder: Folder): readonly RenderedFile[] {
  const files = filesOf(folder.path, folder.source, folder.objects ?? []);
  const resources = [...(folder.resources ?? []), ...files.map(({ name }) => name)];
  const patches = (folder.patches ?? []).filter(({ operations }) => operations.length > 0);
  const kind = folder.kind ?? 'Kustomization';
  const kustomization: Kustomization = {
    apiVersion: kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1',
    kind,
    ...(folder.namespace ? { namespace: folder.namespace } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(folder.components?.length ? { components: folder.components } : {}),
    ...(folder.labels ? { labels: [{ pairs: folder.labels }] } : {}),
    ...(patches.length > 0
      ? { patches: patches.map(({ target, operations }) => ({ target, patch: yamlOf(operations) })) }
      : {}),
  };
  const root = { path: `${folder.path}/kustomization.yaml`, source: folder.source, value: kustomization };
  return [root, ...files.map(({ file }) => file)];
}

/** Escapes a key for a JSON pointer. */
export const pointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Relative path from one folder of the tree to another. */
export function relative(from: string, to: string): string {
  const [source, target] = [from.split('/'), to.split('/')];
  let shared = 0;
  while (shared < source.length && source[shared] === target[shared]) shared += 1;
  return [...source.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
