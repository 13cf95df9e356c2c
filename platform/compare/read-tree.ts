/** A rendered tree read back: from a folder, or from what Git had at a revision. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { parse } from 'yaml';
import { ModelError } from '../model/model.ts';
import { type RenderedFile, type Tree, treeOf } from '../render/tree.ts';

/**
 * Reads every YAML file below a folder.
 * @throws ModelError when the folder is not there, or a file is not YAML
 */
export function readTree(folder: string): Tree {
  if (!existsSync(folder)) throw new ModelError(`${folder} is not there; render it first.`);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return treeOf(paths.map((path) => readRendered(folder, path)));
}

function readRendered(folder: string, path: string): RenderedFile {
  const text = readFileSync(join(folder, path), 'utf8');
  try {
    return { path: path.split(sep).join('/'), source: '', value: parse(text) as object };
  } catch (cause) {
    throw new ModelError(`${join(folder, path)} is not YAML.`, { cause });
  }
}

/**
 * Reads the tree that a Git revision had, without touching the checkout or its index.
 * @throws ModelError when there is no such revision, or it has no such folder
 */
export function readTreeAt(repository: string, revision: string, folder = 'deploy'): Tree {
  const scratch = mkdtempSync(join(tmpdir(), 'fineract-baseline-'));
  try {
    const run = (program: string, ...words: string[]): void => {
      execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    };
    const archive = join(scratch, 'tree.tar');
    try {
      run('git', '-C', repository, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
    } catch (cause) {
      throw new ModelError(
        `Git knows no revision "${revision}"; name a branch, tag or commit with --baseline.`,
        { cause },
      );
    }
    try {
      run('git', '-C', repository, 'archive', '--format=tar', `--output=${archive}`, revision, folder);
    } catch (cause) {
      throw new ModelError(`The revision "${revision}" has no folder ${folder}.`, { cause });
    }
    run('tar', '-xf', archive, '-C', scratch);
    return readTree(join(scratch, folder));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
