import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters, styleText } from 'node:util';

export type LogFormat = 'text' | 'json';

const fileBytesMax = 20 * 1024 * 1024;
const colours = [
  'cyan',
  'magenta',
  'blue',
  'green',
  'yellow',
  'cyanBright',
  'magentaBright',
  'blueBright',
] as const;
/** Fields that the prefix already says, or that only a machine wants. */
const hiddenFields = new Set([
  'level',
  'time',
  'msg',
  'service',
  'instance',
  'pid',
  'hostname',
  'requestId',
  'traceId',
  'err',
]);

/**
 * Where the services' output goes: complete into one file per service, and once the bank is up also to the terminal,
 * as one readable line per entry.
 */
export class LogBook {
  readonly #directory: string;
  readonly #format: LogFormat;
  readonly #files = new Map<string, WriteStream>();
  readonly #lastLines = new Map<string, string[]>();
  #shown = false;

  constructor(directory: string, format: LogFormat) {
    this.#directory = directory;
    this.#format = format;
    mkdirSync(directory, { recursive: true });
  }

  /** From now on lines also go to the terminal; before, they would tear the progress display. */
  show(): void {
    this.#shown = true;
  }

  write(service: string, line: string): void {
    this.#file(service).write(`${line}\n`);
    const last = this.#lastLines.get(service) ?? [];
    this.#lastLines.set(service, [...last.slice(-39), line]);
    if (!this.#shown) return;
    const text =
      this.#format === 'json'
        ? line
        : formatLine(service, line, colourOf([...this.#files.keys()].indexOf(service)));
    process.stderr.write(`${text}\n`);
  }

  fileOf(service: string): string {
    return join(this.#directory, `${service}.log`);
  }

  /** Why a service ended, as far as its last lines tell. */
  lastWords(service: string): string {
    return lastWords(this.#lastLines.get(service) ?? []);
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#files.values()].map((file) => new Promise<void>((closed) => file.end(closed))),
    );
  }

  #file(service: string): WriteStream {
    let file = this.#files.get(service);
    if (!file) {
      const path = this.fileOf(service);
      if (existsSync(path) && statSync(path).size > fileBytesMax) renameSync(path, `${path}.old`);
      file = createWriteStream(path, { flags: 'a', mode: 0o600 });
      // A full disk must not end the bank for the sake of its log.
      file.on('error', () => {});
      this.#files.set(service, file);
    }
    return file;
  }
}

type Colour = (typeof colours)[number];

function colourOf(index: number): Colour {
  return colours[index % colours.length]!;
}

interface Entry {
  level: string;
  time?: string;
  msg?: string;
  err?: { type?: string; message?: string; stack?: string };
  [field: string]: unknown;
}

function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

/** `12:00:01 write    INFO  ready port=8443`; what is no JSON stands as it is behind the prefix. */
export function formatLine(service: string, line: string, colour: Colour = 'cyan'): string {
  const prefix = styleText(colour, service.padEnd(9), { stream: process.stderr });
  const entry = parseEntry(line);
  if (!entry)
    return `${new Date().toISOString().slice(11, 19)} ${prefix}       ${stripVTControlCharacters(line)}`;
  const time = (entry.time ?? new Date().toISOString()).slice(11, 19);
  const fields = Object.entries(entry)
    .filter(([name]) => !hiddenFields.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
  const cause = entry.err ? `: ${entry.err.message ?? entry.err.type ?? ''}` : '';
  const text = stripVTControlCharacters(`${entry.msg ?? ''}${cause}${fields}`);
  return `${time} ${prefix} ${paintLevel(entry.level)} ${text}`;
}

function paintLevel(level: unknown): string {
  const name = String(level).toUpperCase().padEnd(5);
  if (level === 'error' || level === 'fatal') return styleText('red', name, { stream: process.stderr });
  if (level === 'warn') return styleText('yellow', name, { stream: process.stderr });
  return styleText('dim', name, { stream: process.stderr });
}

/** The last error among the lines, else the last of them; one line without a stack. */
export function lastWords(lines: readonly string[]): string {
  for (const line of lines.toReversed()) {
    const entry = parseEntry(line);
    if (entry && ['error', 'fatal'].includes(entry.level))
      return oneLine(entry.err?.message ?? entry.msg ?? '');
  }
  const plain = lines.filter((line) => line.trim() !== '' && !/^(Node\.js v|\{)/.test(line));
  const thrown = plain.findLastIndex((line) => /^\w*Error(?: \[\w+\])?: /.test(line));
  const start = thrown >= 0 ? thrown : plain.findLastIndex((line) => !line.startsWith(' '));
  if (start < 0) return 'it said nothing';
  // Details of a problem are indented by two, stacks by four.
  const rest = plain.slice(start + 1);
  const end = rest.findIndex((line) => !/^ {2}\S/.test(line));
  const details = end < 0 ? rest : rest.slice(0, end);
  return oneLine([plain[start]!.replace(/^\w*Error(?: \[\w+\])?: /, ''), ...details].join('\n'));
}

function oneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
}
