/** Markdown tables for the generated pages. */

export type Row = readonly (string | number)[];

const cell = (value: string | number): string => String(value).replaceAll('|', '\\|');
const line = (row: Row): string => `| ${row.map(cell).join(' | ')} |`;

/** A table with its head. */
export const table = (head: Row, rows: readonly Row[]): string =>
  [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
