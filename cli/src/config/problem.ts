import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** Where something stands in a file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a file, and how it is likely put right. */
export interface Problem extends Position {
  /** Where in the document, `items[3].parent`; empty for the file as a whole. */
  readonly path: string;
  readonly reason: string;
  readonly fix?: string;
}

/** Input was refused before anything was sent; carries every problem found. */
export class InputRefused extends CliError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describe(problems), ExitCode.refused);
    this.name = 'InputRefused';
    this.problems = problems;
  }
}

/** @throws InputRefused when there are problems, in the order of files and lines */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new InputRefused(
    problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column),
  );
}

export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function describe(problems: readonly Problem[]): string {
  const lines = problems.map(({ path, reason, fix, ...position }) => {
    const where = path === '' ? '' : `${path}: `;
    return `${formatPosition(position)}: ${where}${reason}${fix ? ` ${fix}` : ''}`;
  });
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  return `${lines.join('\n')}\n${count}; nothing was sent.`;
}
