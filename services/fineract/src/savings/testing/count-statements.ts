/** Counts the statements of a transaction as the server sees them, so that they cannot grow unnoticed. */
import type { Database } from '@fineract-gitops/db';
import { vi } from 'vitest';

/** The statements from `begin` to `commit` of the first transaction that contains the words. */
export async function statementsOfTransaction(
  { pool }: Database,
  containing: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const byConnection = new Map<unknown, string[]>();
  const finished: string[][] = [];
  // The driver's class, which every pool of this process shares.
  const client = (pool as unknown as { Client: { prototype: { query: (...all: unknown[]) => unknown } } })
    .Client.prototype;
  const original = client.query;
  const spy = vi.spyOn(client, 'query').mockImplementation(function record(
    this: unknown,
    ...parameters: unknown[]
  ) {
    const [query] = parameters as [string | { text: string }];
    const text = (typeof query === 'string' ? query : query.text).trim();
    if (text === 'begin') byConnection.set(this, []);
    byConnection.get(this)?.push(text);
    if (text === 'commit') {
      finished.push(byConnection.get(this) ?? []);
      byConnection.delete(this);
    }
    return Reflect.apply(original, this, parameters);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return finished.find((texts) => texts.some((text) => text.includes(containing))) ?? [];
}
