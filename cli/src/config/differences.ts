/** Compares what a file says with what the bank has. Only what the file says counts. */
import type { Difference } from './kind.ts';

/** Differences of the fields that `wanted` has; lists of names are compared as sets. */
export function differences(wanted: object, current: object, prefix = ''): Difference[] {
  return Object.entries(wanted).flatMap(([name, to]) => {
    const from = (current as Record<string, unknown>)[name];
    const path = `${prefix}${name}`;
    if (isRecord(to) && isRecord(from)) return differences(to, from, `${path}.`);
    return isSame(to, from) ? [] : [from === undefined ? { path, to } : { path, from, to }];
  });
}

/** What a set loses and gains. */
export function setChanges(from: readonly unknown[], to: readonly unknown[]) {
  return {
    removed: from.filter((each) => !to.includes(each)),
    added: to.filter((each) => !from.includes(each)),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const { removed, added } = setChanges(b, a);
    return removed.length === 0 && added.length === 0;
  }
  return a === b;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
