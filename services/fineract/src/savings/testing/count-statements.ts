/** Counts the statements of a transaction as the server sees them, so that they cannot grow unnoticed. */
import pg from 'pg';
import { vi } from 'vitest';

/** The statements from `begin` to `commit` of the first transaction that contains the words. */
export async function statementsOfTransaction(
  containing: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const byConnection = new Map<unknown, string[]>();
  const finished: string[][] = [];
  const original = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function record(
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
