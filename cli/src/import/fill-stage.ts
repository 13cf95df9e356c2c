/** Reads every file of the source into the stage, and rejects with a reason whatever cannot be imported. */
import { join } from 'node:path';
import type { Decimal } from '@fineract-gitops/money';
import { readCsv } from './csv.ts';
import { type Entity, entities, importOrder } from './entities.ts';
import { joinColumns, loadJoins } from './joins.ts';
import type { Mapping, Table } from './mapping-schema.ts';
import type { ImportProgress } from './progress.ts';
import { type Stage, toMillionths } from './stage.ts';
import { fits, Rejection, readFields, type SourceRow, type Value } from './values.ts';

/** Rows written to the stage at a time. */
const BATCH = 5000;

export async function fillStage(
  stage: Stage,
  mapping: Mapping,
  directory: string,
  progress: ImportProgress,
): Promise<void> {
  for (const entity of importOrder) {
    const table = mapping.tables.get(entity.name);
    if (!table) continue;
    await progress.step(`check ${entity.name}`, null, (show) =>
      fillEntity(stage, mapping, entity, table, directory, show),
    );
  }
  rejectOrphans(stage, mapping);
}

async function fillEntity(
  stage: Stage,
  mapping: Mapping,
  entity: Entity,
  table: Table,
  directory: string,
  progress: (rows: number) => void,
): Promise<void> {
  const counts = { read: 0, leftOut: 0 };
  const joins = await loadJoins(stage, table.joins ?? [], directory, mapping.format);
  let batch: { line: number; row?: SourceRow; problem?: string }[] = [];
  const flush = () => {
    stage.transaction(() => {
      for (const { line, row, problem } of batch) {
        counts.read += 1;
        if (!row) reject(stage, entity, line, null, problem ?? 'The line cannot be read.');
        else if (!addRow(stage, mapping, entity, table, line, joinColumns(stage, joins, row), counts.read))
          counts.leftOut += 1;
      }
    });
    batch = [];
    progress(counts.read);
  };
  for await (const row of readCsv(join(directory, table.file), mapping.format)) {
    batch.push(row);
    if (batch.length === BATCH) flush();
  }
  flush();
  stage.run('insert into counts values (?, ?, ?)', entity.name, counts.read, counts.leftOut);
}

/** @returns false when the mapping leaves the row out */
function addRow(
  stage: Stage,
  mapping: Mapping,
  entity: Entity,
  table: Table,
  line: number,
  row: SourceRow,
  seq: number,
): boolean {
  if (table.where && !fits(table.where, row)) return false;
  let values: Map<string, Value>;
  try {
    values = readFields(entity, table, mapping.format, row);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    reject(stage, entity, line, null, error.message);
    return true;
  }
  const externalId = identify(mapping, values.get('externalId') as string);
  const parent =
    entity.parentField === undefined ? null : identify(mapping, values.get(entity.parentField) as string);
  const amountOf = (name: string) => {
    const amount = values.get(name) as Decimal | undefined;
    return amount === undefined ? null : toMillionths(amount);
  };
  const added = stage.run(
    'insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
    entity.name,
    seq,
    line,
    externalId,
    parent,
    values.get(entity.dayField) as string,
    (values.get('type') as string | undefined) ?? null,
    amountOf('amount'),
    amountOf('balance'),
    JSON.stringify(requestOf(mapping, entity, values)),
  );
  if (added === 0) {
    const first = stage.count(
      'select line from entries where entity = ? and external_id = ?',
      entity.name,
      externalId,
    );
    reject(stage, entity, line, externalId, `The ${entity.noun} stands at line ${first} already.`);
  }
  return true;
}

/** What identifies a row in the bank: the source's name keeps sources apart. */
function identify(mapping: Mapping, key: string): string {
  return `${mapping.name}-${key}`;
}

function requestOf(
  mapping: Mapping,
  entity: Entity,
  values: ReadonlyMap<string, Value>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(entity.requestFields).flatMap(([name, requestName]) => {
      const value = values.get(name);
      if (value === undefined) return [];
      const identifies = name === 'externalId' || entity.fields[name]?.refersTo !== undefined;
      return [[requestName, identifies ? identify(mapping, value as string) : value]];
    }),
  );
}

function reject(stage: Stage, entity: Entity, line: number, externalId: string | null, reason: string): void {
  stage.run('insert into rejected values (?, ?, ?, ?)', entity.name, line, externalId, reason);
}

/** Rows whose office, client or account is not there, or came later than they; in order, so that it runs down the chain. */
function rejectOrphans(stage: Stage, mapping: Mapping): void {
  for (const entity of importOrder) {
    const parentName = entity.parentField && entity.fields[entity.parentField]?.refersTo;
    if (!parentName || !mapping.tables.has(entity.name) || !mapping.tables.has(parentName)) continue;
    const parent = entities[parentName];
    stage.transaction(() => {
      stage.run(
        `insert into rejected
         select e.entity, e.line, e.external_id,
                case when p.seq is null then 'There is no ' || ? || ' ' || substr(e.parent, ?) || ' in the source.'
                     else 'The day ' || e.day || ' is before ' || p.day || ', the first day of its ' || ? || '.' end
           from entries e left join entries p on p.entity = ? and p.external_id = e.parent
          where e.entity = ? and (p.seq is null or e.day < p.day)`,
        parent.noun,
        mapping.name.length + 2,
        parent.noun,
        parent.name,
        entity.name,
      );
      stage.run(
        'delete from entries where entity = ? and external_id in (select external_id from rejected where entity = ? and reason not like ?)',
        entity.name,
        entity.name,
        '% stands at line %',
      );
    });
  }
}
