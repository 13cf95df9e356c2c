/** What an update changes: the sent fields that differ from what is stored. */
type Sent<T> = { readonly [K in keyof T]?: unknown };

interface Changed<T> {
  /** The record as it will be. */
  readonly next: T;
  /** The fields that differ, for the command's result. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly any: boolean;
}

/**
 * Lays what was sent over what is stored. An absent field keeps its value; an empty text clears it (`null`). Only the
 * fields of `current` are looked at.
 */
export function applyChanges<T extends object>(current: T, sent: Sent<T>): Changed<T> {
  const next = { ...current } as Record<string, unknown>;
  const changes: Record<string, unknown> = {};
  for (const [name, before] of Object.entries(current)) {
    const value = sent[name as keyof T];
    if (value === undefined) continue;
    const wanted = value === '' ? null : value;
    // Decimals compare by their text, everything else here is a scalar.
    if (String(before ?? '') === String(wanted ?? '')) continue;
    next[name] = wanted;
    changes[name] = value;
  }
  return { next: next as T, changes, any: Object.keys(changes).length > 0 };
}
