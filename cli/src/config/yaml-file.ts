/** A YAML file whose every value knows its line and column, so that problems can be shown where they are. */
import { readFileSync } from 'node:fs';
import {
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Position, Problem } from './problem.ts';

export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** What is wrong with the text itself: syntax, duplicate keys, numbers that would lose digits. */
  readonly problems: readonly Problem[];
  /** The position of the value at a path; of the nearest one around it when there is none. */
  positionOf(path: Path): Position;
  /** The position of the key itself, where a value is not the matter. */
  positionOfKey(path: Path): Position;
}

/** A binary float holds 15 decimal digits for certain; configuration has no use for more. */
const DIGITS_MAX = 15;

/** @param file as it shall be named in problems; read from the file system unless its text is given */
export function readYaml(file: string, text: string = readText(file)): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: true,
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = document.errors.map((error) => ({
    ...at(error.pos[0]),
    path: '',
    ...explain(error),
  }));
  visit(document, {
    Scalar(_key, node) {
      if (!losesDigits(node)) return;
      problems.push({
        ...at(node.range?.[0] ?? 0),
        path: '',
        reason: `${node.source} has more digits than a number here may have (${DIGITS_MAX}).`,
      });
    },
  });
  return {
    file,
    value: problems.length > 0 ? undefined : document.toJS(),
    problems,
    positionOfKey(path) {
      const parent = document.getIn(path.slice(0, -1), true);
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
        : undefined;
      return at((pair?.key as Scalar | undefined)?.range?.[0] ?? 0);
    },
    positionOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true) as Node | undefined;
        if (node?.range) return at(node.range[0]);
      }
      return at(0);
    },
  };
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`,
      ExitCode.usage,
    );
  }
}

/** `items[3].parent` */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

function losesDigits(node: Scalar): boolean {
  if (!isScalar(node) || typeof node.value !== 'number') return false;
  return (node.source ?? '').replaceAll(/^[-+]?0*|[.]|e.*$/gi, '').length > DIGITS_MAX;
}

function explain({ code, message }: YAMLError): { reason: string; fix?: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return { reason: 'This key stands here twice.', fix: 'Keep one of the two.' };
    case 'TAB_AS_INDENT':
      return { reason: 'A tab is used for indentation.', fix: 'Indent with spaces.' };
    case 'BAD_INDENT':
      return {
        reason: 'The indentation does not fit the lines around it.',
        fix: 'Align it with its siblings.',
      };
    default:
      return { reason: `This is not valid YAML: ${message.replace(/[.:\s]*$/, '')}.` };
  }
}
