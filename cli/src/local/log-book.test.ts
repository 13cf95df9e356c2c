import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatLine, LogBook, lastWords } from './log-book.ts';

describe('formatLine', () => {
  const plain = (line: string) => stripVTControlCharacters(formatLine('write', line));

  it('makes one readable line of a JSON entry', () => {
    const entry = {
      level: 'info',
      time: '2026-11-22T16:24:45.001Z',
      service: 'fineract',
      requestId: 'x',
      route: '/clients',
      ms: 3.5,
      msg: 'request',
    };
    expect(plain(JSON.stringify(entry))).toBe('16:24:45 write     INFO  request route=/clients ms=3.5');
  });

  it('shows the cause of an error without its stack', () => {
    const entry = {
      level: 'error',
      time: '2026-11-22T16:24:45.001Z',
      err: { message: 'refused', stack: 'at x' },
      msg: 'failed',
    };
    expect(plain(JSON.stringify(entry))).toBe('16:24:45 write     ERROR failed: refused');
  });

  it('keeps other text, but no terminal codes of it', () => {
    expect(plain('\u001b[2Jhello {')).toMatch(/^\d\d:\d\d:\d\d write {11}hello \{$/);
    expect(plain('{not json')).toContain('{not json');
  });
});

describe('lastWords', () => {
  it.each([
    [
      'the last logged error',
      ['{"level":"fatal","msg":"no","err":{"message":"a\\n  b"}}', '{"level":"info","msg":"stopped"}', 'bye'],
      'a b',
    ],
    [
      'a thrown error without its stack',
      [
        'x.ts:3',
        'ConfigError: The configuration has 1 problem:',
        '  PORT is missing',
        '    at main (x.ts)',
        '  problems: []',
        '',
        'Node.js v24.21.0',
      ],
      'The configuration has 1 problem: PORT is missing',
    ],
    [
      'a plain message with its details',
      ['The configuration has 2 problems:', '  A is missing', '  B is bad'],
      'The configuration has 2 problems: A is missing B is bad',
    ],
    ['the last line', ['one', 'two'], 'two'],
    ['that there is none', ['', ' '], 'it said nothing'],
  ])('gives %s', (_, lines, expected) => expect(lastWords(lines)).toBe(expected));
});

describe('LogBook', () => {
  it('keeps every line in a file per service', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'logs-'));
    const logs = new LogBook(join(directory, 'logs'), 'text');
    logs.write('write', 'first');
    logs.write('read', 'other');
    logs.write('write', 'Error: second');
    expect(logs.lastWords('write')).toBe('second');
    await logs.close();
    expect(readFileSync(logs.fileOf('write'), 'utf8')).toBe('first\nError: second\n');
    rmSync(directory, { recursive: true });
  });
});
