/** Kustomize itself builds everything, and our own build in memory is the same, object by object. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { textsOf, writeToDisk } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import type { Kustomization } from '../render/kustomization.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { kustomize } from './kubectl.ts';
import { nameOf, namespaceOf, titleOf } from './objects.ts';

/** One after the other on each core. */
const atOnce = 2;
const suffix = '/kustomization.yaml';

/** Folders that no other folder includes; building them builds everything below them too. */
export function rootFolders(tree: Tree): readonly string[] {
  const folders = [...tree.keys()]
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.slice(0, -suffix.length));
  const included = new Set(folders.flatMap((folder) => includesOf(tree, folder)));
  return folders.filter((folder) => !included.has(folder));
}

function includesOf(tree: Tree, folder: string): readonly string[] {
  const { resources = [], components = [] } = (tree.get(folder + suffix)?.value ??
    {}) as Partial<Kustomization>;
  return [...resources, ...components].map((path) => join(folder, path));
}

/** What differs or warns, one sentence each; nothing is written outside a folder of our own. */
export async function buildProblems(tree: Tree, kubectl: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fineract-validate-'));
  try {
    writeToDisk(folder, textsOf(tree));
    const waiting = [...rootFolders(tree)];
    const problems: string[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        problems.push(...(await compare(tree, kubectl, folder, next)));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return problems;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  tree: Tree,
  kubectl: string,
  folder: string,
  path: string,
): Promise<readonly string[]> {
  let built: { readonly yaml: string; readonly warnings: string };
  try {
    built = await kustomize(kubectl, join(folder, path));
  } catch (error) {
    return [
      `${path} does not build: ${(error as { stderr?: string }).stderr?.trim() ?? (error as Error).message}`,
    ];
  }
  const theirs = parseAllDocuments(built.yaml).map((document) => document.toJS() as KubeObject);
  return [
    ...(built.warnings === '' ? [] : [`${path} builds with a warning: ${built.warnings}`]),
    ...differences(path, buildFolder(tree, path), theirs),
  ];
}

const keyOf = (object: KubeObject): string =>
  `${object.apiVersion}/${object.kind}/${namespaceOf(object)}/${nameOf(object)}`;

/** Ours against Kustomize's. */
export function differences(
  path: string,
  ours: readonly KubeObject[],
  theirs: readonly KubeObject[],
): readonly string[] {
  const built = new Map(theirs.map((object) => [keyOf(object), object]));
  const known = new Set(ours.map(keyOf));
  return [
    ...ours.flatMap((object) => {
      const other = built.get(keyOf(object));
      if (!other) return [`${path}: Kustomize does not build ${titleOf(object)}.`];
      return isDeepStrictEqual(plain(object), other)
        ? []
        : [`${path}: Kustomize builds another ${titleOf(object)}.`];
    }),
    ...theirs
      .filter((object) => !known.has(keyOf(object)))
      .map((object) => `${path}: only Kustomize builds ${titleOf(object)}.`),
  ];
}

/** As YAML would hold it: without fields that are undefined. */
const plain = (object: KubeObject): unknown => JSON.parse(JSON.stringify(object));
