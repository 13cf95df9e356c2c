/** Changes one tag in the text of the image table, and nothing else in it. */

import { ModelError } from '../model/model.ts';

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const moving = new Set(['latest', 'stable', 'edge', 'main', 'master', 'develop', 'nightly', 'lts']);

export interface Bump {
  readonly name: string;
  readonly tag: string;
  /** Where somebody saw the tag: the table holds no tag that nobody saw. */
  readonly seen: string;
}

/** @throws ModelError when the tag names no one version, or the image is not in the table */
export function bumpImage(text: string, { name, tag, seen }: Bump): string {
  assertTag(tag);
  if (name === 'ours') return replaceOnce(text, /(const release = )'[^']*'/, `$1'${tag}'`, name);
  if (seen.trim() === '' || /['\\\n]/.test(seen)) {
    throw new ModelError(
      'Say in plain words where the tag was seen; the table holds no tag that nobody saw.',
    );
  }
  const key = /^[a-z]+$/.test(name) ? name : `'${name}'`;
  const entry = new RegExp(`(\\n  ${key}: upstream\\(\\s*'[^']+',\\s*)'[^']+'(,\\s*)'[^']+'`);
  return replaceOnce(text, entry, `$1'${tag}'$2'${seen.trim()}'`, name);
}

function assertTag(tag: string): void {
  if (!tagPattern.test(tag)) throw new ModelError(`"${tag}" is not a tag of an image.`);
  if (moving.has(tag) || !/\d/.test(tag))
    throw new ModelError(
      `"${tag}" moves: what is pulled tomorrow differs from today; name an exact version.`,
    );
}

function replaceOnce(text: string, pattern: RegExp, replacement: string, name: string): string {
  if (!pattern.test(text)) {
    throw new ModelError(
      `"${name}" is not a public image of platform/model/images.ts; choose one of its names, or "ours" for our release.`,
    );
  }
  const changed = text.replace(pattern, replacement);
  if (changed === text) throw new ModelError(`"${name}" has that tag already.`);
  return changed;
}
