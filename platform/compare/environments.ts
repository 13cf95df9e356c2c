/** What an environment is made of, and how two states of one differ. */

import { buildFolder } from '../kustomize/build.ts';
import type { Environment } from '../model/environments.ts';
import { ModelError } from '../model/model.ts';
import type { Tree } from '../render/tree.ts';
import { type Comparison, compareObjects, type Side } from './objects.ts';

/**
 * All objects of an environment, as Kustomize builds them.
 * @throws ModelError when the tree has no such environment
 */
export function sideOf(tree: Tree, { name, namespace }: Environment): Side {
  const folder = `environments/${name}`;
  if (!tree.has(`${folder}/kustomization.yaml`)) throw new ModelError(`The tree has no ${folder}.`);
  return { objects: buildFolder(tree, folder), namespace };
}

/** What differs between two environments of one tree. */
export const diffEnvironments = (tree: Tree, a: Environment, b: Environment): Comparison =>
  compareObjects(sideOf(tree, a), sideOf(tree, b));

/** What Argo CD would change in an environment to bring it from one tree to another. */
export const planEnvironment = (baseline: Tree, wanted: Tree, environment: Environment): Comparison =>
  compareObjects(sideOf(baseline, environment), sideOf(wanted, environment));
