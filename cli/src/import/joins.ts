/** Joined files: loaded into the stage once, looked up for every row. */
import { join as joinPath } from 'node:path';
import { readCsv } from './csv.ts';
import type { Format, Join } from './mapping-schema.ts';
import type { Stage } from './stage.ts';
import { fits, type SourceRow } from './values.ts';

/** Loads each joined file; of several rows that answer one row, the first counts. */
export async function loadJoins(
  stage: Stage,
  joins: readonly Join[],
  directory: string,
  format: Format,
): Promise<readonly Join[]> {
  stage.run(
    'create temp table if not exists joined (name text, key text, record text, primary key (name, key)) strict',
  );
  stage.run('delete from joined');
  for (const join of joins) {
    const columns = Object.keys(join.on);
    for await (const { row } of readCsv(joinPath(directory, join.file), format)) {
      if (!row || (join.where && !fits(join.where, row))) continue;
      stage.run(
        'insert into joined values (?, ?, ?) on conflict do nothing',
        join.as,
        keyOf(columns, row),
        JSON.stringify(row),
      );
    }
  }
  return joins;
}

/** The row's own columns and, as `name.column`, those of the files joined to it. */
export function joinColumns(stage: Stage, joins: readonly Join[], row: SourceRow): SourceRow {
  if (joins.length === 0) return row;
  const all: Record<string, string | undefined> = { ...row };
  for (const { as, on } of joins) {
    const key = keyOf(Object.values(on), row);
    const found = stage.one<{ record: string }>(
      'select record from joined where name = ? and key = ?',
      as,
      key,
    );
    const record = found ? (JSON.parse(found.record) as SourceRow) : {};
    for (const [column, value] of Object.entries(record)) all[`${as}.${column}`] = value;
  }
  return all;
}

function keyOf(columns: readonly string[], row: SourceRow): string {
  return JSON.stringify(columns.map((column) => row[column] ?? ''));
}
