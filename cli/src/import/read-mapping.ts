/** Reads a mapping, and checks it against the files that it names before a single row is read. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkSchema, nearest } from '../config/check-schema.ts';
import { type Problem, refuseIfAny } from '../config/problem.ts';
import { formatPath, type Path, readYaml, type YamlFile } from '../config/yaml-file.ts';
import { readHeader } from './csv.ts';
import { importOrder } from './entities.ts';
import { type Expression, type Format, type Mapping, mappingSchema, type Table } from './mapping-schema.ts';

interface MappingFile {
  readonly name: string;
  readonly format?: Format;
  readonly reconcile?: { readonly tolerance: number };
}

/** @throws InputRefused with every problem of the mapping, by file, line and column */
export async function readMapping(file: string, sourceDirectory: string): Promise<Mapping> {
  const source = readYaml(file);
  refuseIfAny([
    ...source.problems,
    ...(source.problems.length > 0 ? [] : checkSchema(mappingSchema, source)),
  ]);
  const value = source.value as MappingFile & Readonly<Record<string, Table | undefined>>;
  const format = value.format ?? {};
  const tables = new Map<string, Table>();
  const problems: Problem[] = [];
  for (const { name } of importOrder) {
    const table = value[name];
    if (!table) continue;
    tables.set(name, table);
    problems.push(...(await checkTable(source, name, table, format, sourceDirectory)));
  }
  refuseIfAny(problems);
  return { name: value.name, format, tables, tolerance: value.reconcile?.tolerance ?? 0 };
}

type Report = (path: Path, reason: string, fix?: string) => void;

async function checkTable(
  source: YamlFile,
  entity: string,
  table: Table,
  format: Format,
  directory: string,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report: Report = (path, reason, fix) => {
    const full = [entity, ...path];
    problems.push({ ...source.positionOf(full), path: formatPath(full), reason, ...(fix ? { fix } : {}) });
  };
  const columnsOf = async (file: string, path: Path) => {
    const place = join(directory, file);
    if (existsSync(place)) return readHeader(place, format);
    report(path, `There is no file ${place}.`, 'Give the directory of the source with --source.');
    return null;
  };
  const own = await columnsOf(table.file, ['file']);
  if (!own) return problems;
  const known = new Set(own);
  for (const [index, { file, as, on, where = {} }] of (table.joins ?? []).entries()) {
    const joined = await columnsOf(file, ['joins', index, 'file']);
    for (const name of joined ?? []) known.add(`${as}.${name}`);
    requireColumns(
      [...Object.keys(on), ...Object.keys(where)],
      new Set(joined ?? []),
      file,
      ['joins', index, 'on'],
      report,
    );
    requireColumns(Object.values(on), new Set(own), table.file, ['joins', index, 'on'], report);
  }
  requireColumns(Object.keys(table.where ?? {}), known, table.file, ['where'], report);
  for (const [name, declared] of Object.entries(table.fields))
    checkField(name, declared, known, table.file, report);
  return problems;
}

function checkField(
  name: string,
  declared: string | Expression,
  known: Set<string>,
  file: string,
  report: Report,
): void {
  const path = ['fields', name];
  const expression = typeof declared === 'string' ? { column: declared } : declared;
  const origins = [expression.column, expression.constant, expression.cases].filter(
    (each) => each !== undefined,
  );
  if (origins.length !== 1) {
    report(path, 'The value must come from exactly one of column, constant and cases.');
    return;
  }
  const conditions = (expression.cases ?? []).flatMap(({ when }) => Object.keys(when));
  requireColumns(
    [expression.column, ...conditions].filter((each) => each !== undefined),
    known,
    file,
    path,
    report,
  );
}

function requireColumns(
  columns: readonly string[],
  known: Set<string>,
  file: string,
  path: Path,
  report: Report,
): void {
  for (const column of new Set(columns)) {
    if (known.has(column)) continue;
    const near = nearest(column, [...known]);
    report(
      path,
      `${file} has no column "${column}".`,
      near ? `Did you mean "${near}"?` : `Columns: ${[...known].join(', ')}.`,
    );
  }
}
