/** Words that files use for the numbers that Fineract's API uses. */
export interface Enumeration<Word extends string> {
  readonly words: readonly Word[];
  id(word: Word): number;
  word(id: number | undefined): Word | undefined;
}

export function enumeration<const Table extends Readonly<Record<string, number>>>(
  table: Table,
): Enumeration<keyof Table & string> {
  const entries = Object.entries(table) as [keyof Table & string, number][];
  return {
    words: entries.map(([word]) => word),
    id: (word) => table[word]!,
    word: (id) => entries.find(([, each]) => each === id)?.[0],
  };
}
