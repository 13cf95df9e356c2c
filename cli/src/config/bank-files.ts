/** Reads a bank's YAML files and checks all that can be checked without the bank. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { checkSchema, nearest } from './check-schema.ts';
import type { AnyKind, Reference } from './kind.ts';
import { kinds } from './kinds/index.ts';
import { type Position, type Problem, refuseIfAny } from './problem.ts';
import { fileSchema } from './schemas.ts';
import { formatPath, type Path, readYaml, type YamlFile } from './yaml-file.ts';

/** One item of a file, and where it stands. */
export interface Declared {
  readonly kind: AnyKind;
  readonly key: string;
  readonly item: Record<string, unknown>;
  positionOf(path?: Path): Position;
  /** Its form is wrong: others may name it, but it is looked at no further. */
  readonly broken: boolean;
  /** The path within its file, for problems. */
  pathOf(path?: Path): string;
}

const schemas = new Map(kinds.map((kind) => [kind.name, fileSchema(kind)]));

/**
 * All items of the directories' files, in the order in which they can be written.
 *
 * @throws InputRefused with every problem of every file
 */
export function readBankFiles(directories: readonly string[]): Declared[] {
  const problems: Problem[] = [];
  const all = directories.flatMap(yamlFilesOf).flatMap((file) => readItems(readYaml(file), problems));
  const sound = all.filter(({ broken }) => !broken);
  problems.push(...duplicates(all), ...danglingReferences(sound, knownKeys(all)), ...ownComplaints(sound));
  const sorted = sortByReferences(sound, problems);
  refuseIfAny(problems);
  return sorted;
}

function yamlFilesOf(directory: string): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError(`There is no directory ${directory}.`, ExitCode.usage);
  }
  const files = readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(directory, name));
  if (files.length === 0) throw new CliError(`There are no YAML files in ${directory}.`, ExitCode.usage);
  return files;
}

function readItems(source: YamlFile, problems: Problem[]): Declared[] {
  problems.push(...source.problems);
  if (source.problems.length > 0) return [];
  const { kind: name, items } = (source.value ?? {}) as { kind?: unknown; items?: unknown };
  const kind = kinds.find((each) => each.name === name);
  if (!kind) {
    problems.push(unknownKind(source, name));
    return [];
  }
  const found = checkSchema(schemas.get(kind.name)!, source);
  problems.push(...found);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    if (typeof item !== 'object' || item === null) return [];
    const full = (path: Path = []) => ['items', index, ...path];
    return [
      {
        kind,
        item,
        key: String(kind.keyOf(item)),
        broken: found.some(({ path }) => path.startsWith(`items[${index}]`)),
        positionOf: (path?: Path) => source.positionOf(full(path)),
        pathOf: (path?: Path) => formatPath(full(path)),
      },
    ];
  });
}

function unknownKind(source: YamlFile, name: unknown): Problem {
  const known = kinds.map((kind) => kind.name);
  const near = typeof name === 'string' ? nearest(name, known) : undefined;
  return {
    ...source.positionOf(['kind']),
    path: 'kind',
    reason: typeof name === 'string' ? `There is no kind "${name}".` : 'The file does not say its kind.',
    fix: near ? `Did you mean "${near}"?` : `Write "kind: " and one of: ${known.join(', ')}.`,
  };
}

/** @param path the part of the item that is wrong */
export function problemOf(declared: Declared, path: Path, reason: string, fix?: string): Problem {
  return {
    ...declared.positionOf(path),
    path: declared.pathOf(path),
    reason,
    ...(fix === undefined ? {} : { fix }),
  };
}

function duplicates(declared: readonly Declared[]): Problem[] {
  const first = new Map<string, Declared>();
  return declared.flatMap((each) => {
    const id = `${each.kind.name} ${each.key}`;
    const earlier = first.get(id);
    if (!earlier) {
      first.set(id, each);
      return [];
    }
    const { file, line } = earlier.positionOf();
    const reason = `The ${each.kind.noun} "${each.key}" stands at ${file}:${line} already.`;
    return [problemOf(each, [], reason, 'Keep one of the two.')];
  });
}

/** Everything that others may name: items, and the values of codes. */
function knownKeys(declared: readonly Declared[]): Map<string, Set<string>> {
  const known = new Map(kinds.map(({ name, builtIn = [] }) => [name, new Set(builtIn)]));
  const values = new Set<string>();
  known.set('codeValues', values);
  for (const { kind, key, item } of declared) {
    known.get(kind.name)!.add(key);
    if (kind.name !== 'codes') continue;
    for (const { name } of [item['values'] ?? []].flat() as { name: string }[]) values.add(`${key}/${name}`);
  }
  return known;
}

function danglingReferences(declared: readonly Declared[], known: Map<string, Set<string>>): Problem[] {
  return declared.flatMap((each) =>
    referencesOf(each).flatMap(({ kind, key, path }) => {
      const keys = [...known.get(kind)!];
      if (keys.includes(key)) return [];
      const noun = kinds.find(({ name }) => name === kind)?.noun ?? 'value of a code';
      const near = nearest(key, keys);
      const fix = near
        ? `Did you mean "${near}"?`
        : `List it in a file of kind ${kind === 'codeValues' ? 'codes' : kind}.`;
      return [problemOf(each, path, `There is no ${noun} "${key}" in these files.`, fix)];
    }),
  );
}

export function referencesOf({ kind, item }: Declared): Reference[] {
  return (kind.references?.(item) ?? []).filter((each): each is Reference => Boolean(each));
}

function ownComplaints(declared: readonly Declared[]): Problem[] {
  return declared.flatMap((each) =>
    (each.kind.check?.(each.item) ?? []).map(({ path, reason, fix }) => problemOf(each, path, reason, fix)),
  );
}

/** Kinds in their order; within a kind, parents before their children. */
function sortByReferences(declared: readonly Declared[], problems: Problem[]): Declared[] {
  return kinds.flatMap((kind) => {
    const left = new Set(declared.filter((each) => each.kind === kind));
    const sorted: Declared[] = [];
    while (left.size > 0) {
      const waiting = new Set([...left].map(({ key }) => key));
      const ready = [...left].filter(
        (each) => !referencesOf(each).some((ref) => ref.kind === kind.name && waiting.has(ref.key)),
      );
      if (ready.length === 0) {
        for (const each of left)
          problems.push(problemOf(each, [], 'This stands in a circle: it is, in the end, its own parent.'));
        return sorted;
      }
      for (const each of ready) left.delete(each);
      sorted.push(...ready);
    }
    return sorted;
  });
}
