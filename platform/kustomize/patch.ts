/** JSON patches (RFC 6902), the three operations that the tree uses, on plain objects. */

import type { PatchOperation } from '../render/kustomization.ts';

type Json = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

function get(container: Json, key: string): unknown {
  return Array.isArray(container) ? container[Number(key)] : container[key];
}

/** @throws Error when the path does not lead to a place in the object */
export function applyOperation(root: Json, operation: PatchOperation): void {
  const parts = operation.path.split('/').slice(1).map(unescapePointer);
  const key = parts.pop();
  if (key === undefined) throw new Error('A patch may not replace a whole object.');
  let container: Json = root;
  for (const part of parts) {
    const next = get(container, part);
    if (!isContainer(next)) throw new Error(`${operation.path} leads nowhere at "${part}".`);
    container = next;
  }
  if (operation.op !== 'add' && get(container, key) === undefined) {
    throw new Error(`${operation.path} is not there to ${operation.op}.`);
  }
  change(container, key, operation);
}

function change(container: Json, key: string, operation: PatchOperation): void {
  if (Array.isArray(container)) {
    const index = key === '-' ? container.length : Number(key);
    if (operation.op === 'add') container.splice(index, 0, operation.value);
    else if (operation.op === 'replace') container[index] = operation.value;
    else container.splice(index, 1);
    return;
  }
  if (operation.op === 'remove') delete container[key];
  else container[key] = operation.value;
}
