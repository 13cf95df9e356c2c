/** Two sets of objects, compared object by object and field by field. */

import type { KubeObject } from '../render/tree.ts';

/** One field that differs. `undefined` on a side means that the field is not there. */
export interface FieldChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ObjectChange {
  readonly object: string;
  readonly fields: readonly FieldChange[];
}

export interface Comparison {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly ObjectChange[];
  readonly same: number;
}

export interface Side {
  readonly objects: readonly KubeObject[];
  /** The environment's own namespace, which has another name elsewhere. */
  readonly namespace: string;
}

/** What an object is called: kind, namespace where it is not the environment's own, name. */
export function nameOf(object: KubeObject, own: string): string {
  const { namespace, name = '' } = object.metadata ?? {};
  const shown = name === own ? '(own)' : name;
  return namespace === undefined || namespace === own
    ? `${object.kind}/${shown}`
    : `${object.kind}/${namespace}/${shown}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field that tells one entry of a list from another, so that an inserted entry does not shift the rest. */
function keyOf(entries: readonly unknown[]): 'name' | 'mountPath' | undefined {
  const unique = (field: string): boolean => {
    const values = entries.map((entry) => (isRecord(entry) ? entry[field] : undefined));
    return values.every((value) => typeof value === 'string') && new Set(values).size === values.length;
  };
  return (['name', 'mountPath'] as const).find(unique);
}

function entriesOf(value: readonly unknown[], key: string | undefined): ReadonlyMap<string, unknown> {
  return new Map(
    value.map((entry, index) => [
      key && isRecord(entry) ? `[${key}=${String(entry[key])}]` : `[${index}]`,
      entry,
    ]),
  );
}

/** Every field that differs, in the order of the paths. */
export function fieldChanges(before: unknown, after: unknown, path = ''): readonly FieldChange[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => fieldChanges(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = keyOf([...before]) === keyOf([...after]) ? keyOf([...before]) : undefined;
    return listChanges(entriesOf(before, key), entriesOf(after, key), path);
  }
  return Object.is(before, after) ? [] : [{ path, before, after }];
}

type Entries = ReadonlyMap<string, unknown>;

/** Order counts too: an environment variable may expand only those before it. */
function listChanges(left: Entries, right: Entries, path: string): readonly FieldChange[] {
  const inBoth = (entries: Entries, others: Entries): readonly string[] =>
    [...entries.keys()].filter((entry) => others.has(entry));
  const [before, after] = [inBoth(left, right), inBoth(right, left)];
  const moved = before.join() === after.join() ? [] : [{ path: `${path} (order)`, before, after }];
  const entries = [...new Set([...left.keys(), ...right.keys()])];
  return [
    ...moved,
    ...entries.flatMap((entry) => fieldChanges(left.get(entry), right.get(entry), `${path}${entry}`)),
  ];
}

/** An object as it is compared: its own namespace is not news. */
function bare(object: KubeObject, own: string): unknown {
  const { namespace, ...metadata } = object.metadata ?? {};
  return namespace === own ? { ...object, metadata } : object;
}

/** Compares two sets of objects; `before` and `after` may be of environments with other namespaces. */
export function compareObjects(before: Side, after: Side): Comparison {
  const byName = ({ objects, namespace }: Side): ReadonlyMap<string, unknown> =>
    new Map(objects.map((object) => [nameOf(object, namespace), bare(object, namespace)]));
  const [left, right] = [byName(before), byName(after)];
  const both = [...left.keys()].filter((name) => right.has(name)).sort();
  const changed = both
    .map((object) => ({ object, fields: fieldChanges(left.get(object), right.get(object)) }))
    .filter(({ fields }) => fields.length > 0);
  return {
    removed: [...left.keys()].filter((name) => !right.has(name)).sort(),
    added: [...right.keys()].filter((name) => !left.has(name)).sort(),
    changed,
    same: both.length - changed.length,
  };
}
