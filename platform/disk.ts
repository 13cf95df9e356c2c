/** The tree on disk: compare, write what changed, remove what is no longer rendered. The only I/O of the platform. */

import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Inputs } from './render/inputs.ts';
import type { Tree } from './render/tree.ts';
import { isGenerated, textOf } from './text.ts';

/** What a render would change, by path below the deploy folder. */
export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Files that stand where a generated one belongs but carry no mark: somebody's own, so nothing is written. */
  readonly blocked: readonly string[];
}

const slashes = (path: string): string => path.split(sep).join('/');

/** Every YAML file and page below the folder with its text; an absent folder is an empty one. */
function readTexts(folder: string): ReadonlyMap<string, string> {
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  const texts = entries.filter((entry) => /\.(yaml|md)$/.test(entry));
  return new Map(texts.map((entry) => [slashes(entry), readFileSync(join(folder, entry), 'utf8')]));
}

/** The tree's texts by path. */
export const textsOf = (tree: Tree): ReadonlyMap<string, string> =>
  new Map([...tree].map(([path, file]) => [path, textOf(file)]));

/** Compares rendered texts with the folder. */
export function compareWithDisk(folder: string, texts: ReadonlyMap<string, string>): Changes {
  const present = readTexts(folder);
  const paths = [...texts.keys()];
  const differs = paths.filter((path) => present.has(path) && present.get(path) !== texts.get(path));
  return {
    added: paths.filter((path) => !present.has(path)),
    changed: differs.filter((path) => isGenerated(present.get(path) ?? '')),
    removed: [...present]
      .filter(([path, text]) => !texts.has(path) && isGenerated(text))
      .map(([path]) => path)
      .sort(),
    blocked: differs.filter((path) => !isGenerated(present.get(path) ?? '')),
  };
}

/** Writes what changed and removes what is no longer rendered, with the folders that this leaves empty. */
export function writeToDisk(folder: string, texts: ReadonlyMap<string, string>): Changes {
  const changes = compareWithDisk(folder, texts);
  if (changes.blocked.length > 0) return changes;
  for (const path of [...changes.added, ...changes.changed]) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, texts.get(path) ?? '');
  }
  for (const path of changes.removed) {
    rmSync(join(folder, path));
    removeEmptyFolders(folder, dirname(join(folder, path)));
  }
  return changes;
}

function removeEmptyFolders(root: string, folder: string): void {
  if (relative(root, folder) === '' || relative(root, folder).startsWith('..')) return;
  if (readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmptyFolders(root, dirname(folder));
}

/** Reads the hand-written files that the tree carries. */
export function readInputs(folder: string): Inputs {
  const path = join(folder, 'apps/keycloak/realm/realm-fineract.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return { realm: JSON.parse(text) as Record<string, unknown> };
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
