/** Streams CSV files: one row at a time, each with its line, whatever the encoding. */
import { createReadStream } from 'node:fs';
import { type CsvError, type Parser, parse } from 'csv-parse';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Format } from './mapping-schema.ts';
import type { SourceRow } from './values.ts';

export interface CsvRow {
  readonly line: number;
  /** Absent when the line is broken. */
  readonly row?: SourceRow;
  readonly problem?: string;
}

/** Rows below the header; values without the spaces around them. */
export async function* readCsv(file: string, format: Format): AsyncGenerator<CsvRow> {
  const broken: CsvRow[] = [];
  const parser = parse({
    ...shape(format),
    columns: true,
    info: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      broken.push({ line: Number(error?.['lines'] ?? 0), problem: sentenceOf(error) });
      return undefined;
    },
  });
  for await (const each of decoded<{ record: SourceRow; info: { lines: number } }>(file, format, parser)) {
    yield* broken.splice(0);
    yield { line: each.info.lines, row: each.record };
  }
  yield* broken.splice(0);
}

/** The names of the columns. @throws CliError when the file has none */
export async function readHeader(file: string, format: Format): Promise<string[]> {
  const parser = parse({ ...shape(format), to: 1, relax_column_count: true });
  for await (const header of decoded<string[]>(file, format, parser)) return header;
  throw new CliError(`${file} is empty: it needs a header with the names of the columns.`, ExitCode.refused);
}

function shape({ delimiter = ',' }: Format) {
  return { delimiter, bom: true, trim: true, skip_empty_lines: true } as const;
}

/** What the parser makes of the file's bytes. */
async function* decoded<T>(file: string, format: Format, parser: Parser): AsyncGenerator<T> {
  const decoder = new TextDecoder(labelOf(format), { fatal: true });
  const bytes = createReadStream(file);
  bytes.on('error', (error) => parser.destroy(error));
  bytes.on('data', (chunk) => {
    try {
      if (parser.write(decoder.decode(chunk as Buffer, { stream: true }))) return;
      bytes.pause();
      parser.once('drain', () => bytes.resume());
    } catch {
      parser.destroy(notEncoded(file, format));
    }
  });
  bytes.on('end', () => parser.end());
  try {
    yield* parser as AsyncIterable<T>;
  } finally {
    bytes.destroy();
  }
}

function labelOf({ encoding = 'utf-8' }: Format): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    throw new CliError(
      `The encoding ${encoding} is not known. Write utf-8, windows-1250 or the like.`,
      ExitCode.refused,
    );
  }
}

function notEncoded(file: string, format: Format): CliError {
  return new CliError(
    `${file} is not written in ${format.encoding ?? 'utf-8'}. Say its encoding in the mapping's format.`,
    ExitCode.refused,
  );
}

function sentenceOf(error: CsvError | undefined): string {
  switch (error?.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'The line has another number of columns than the header.';
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'A quote is not closed.';
    default:
      return `The line cannot be read as CSV (${error?.code ?? 'unknown'}).`;
  }
}
