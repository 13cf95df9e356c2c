import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBankFiles } from './bank-files.ts';
import { InputRefused } from './problem.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bank-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

/** The lines of the refusal, without the directory. */
function refusal(files: Record<string, string>): string[] {
  write(files);
  try {
    readBankFiles([directory]);
  } catch (error) {
    expect(error).toBeInstanceOf(InputRefused);
    return (error as Error).message.replaceAll(`${directory}/`, '').split('\n');
  }
  return [];
}

const offices = (...items: string[]) =>
  `kind: offices\nitems:\n${items.map((item) => `  - ${item}\n`).join('')}`;
const office = (name: string, more = '') => `{ name: ${name}, openingDate: 2020-01-01${more} }`;

describe('what is refused, and where', () => {
  const cases: [what: string, files: Record<string, string>, line: string][] = [
    [
      'an unknown key',
      { 'a.yaml': offices(office('Head', ', openDate: 2020-01-01')) },
      'a.yaml:3:44: items[0].openDate: There is no key "openDate" here. Did you mean "openingDate"?',
    ],
    [
      'a misspelt key',
      { 'a.yaml': 'kind: offices\nitems:\n  - name: Head\n    openingDate: 2020-01-01\n    externalID: H\n' },
      'a.yaml:5:5: items[0].externalID: There is no key "externalID" here. Did you mean "externalId"?',
    ],
    [
      'a missing key',
      { 'a.yaml': offices('{ name: Head }') },
      'a.yaml:3:5: items[0]: The key "openingDate" is missing. Add it.',
    ],
    [
      'a key twice',
      { 'a.yaml': 'kind: offices\nitems:\n  - name: Head\n    name: Main\n    openingDate: 2020-01-01\n' },
      'a.yaml:4:5: This key stands here twice. Keep one of the two.',
    ],
    [
      'a day that does not exist',
      { 'a.yaml': offices('{ name: Head, openingDate: 2020-02-30 }') },
      'a.yaml:3:32: items[0].openingDate: "2020-02-30" is not a valid date. Write it like 2024-03-01.',
    ],
    [
      'a code that lost its quotes',
      { 'a.yaml': 'kind: glAccounts\nitems:\n  - { code: 1000, name: Cash, type: asset, usage: detail }\n' },
      'a.yaml:3:13: items[0].code: This must be text, not 1000. Put it in quotes: "1000".',
    ],
    [
      'a word that is not on the list',
      { 'a.yaml': 'kind: glAccounts\nitems:\n  - { code: "1", name: Cash, type: assets, usage: detail }\n' },
      'a.yaml:3:36: items[0].type: "assets" is not one of: asset, liability, equity, income, expense. Did you mean "asset"?',
    ],
    [
      'an office below one that is nowhere',
      { 'a.yaml': offices(office('Head Office'), office('North', ', parent: Haed Office')) },
      'a.yaml:4:53: items[1].parent: There is no office "Haed Office" in these files. Did you mean "Head Office"?',
    ],
    [
      'the same office in two files',
      { 'a.yaml': offices(office('Head')), 'b.yaml': offices(office('Head')) },
      'b.yaml:3:5: items[0]: The office "Head" stands at a.yaml:3 already. Keep one of the two.',
    ],
    [
      'offices in a circle',
      { 'a.yaml': offices(office('A', ', parent: B'), office('B', ', parent: A')) },
      'a.yaml:3:5: items[0]: This stands in a circle: it is, in the end, its own parent.',
    ],
    [
      'an unknown kind',
      { 'a.yaml': 'kind: office\nitems: []\n' },
      'a.yaml:1:7: kind: There is no kind "office". Did you mean "offices"?',
    ],
    [
      'broken YAML',
      { 'a.yaml': 'kind: offices\nitems:\n\t- name: Head\n' },
      'a.yaml:3:1: A tab is used for indentation. Indent with spaces.',
    ],
    [
      'more digits than a number can hold',
      { 'a.yaml': 'kind: currencies\nitems:\n  - code: KES\nextra: 0.12345678901234567\n' },
      'a.yaml:4:8: 0.12345678901234567 has more digits than a number here may have (15).',
    ],
  ];
  test.each(cases)('%s', (_what, files, line) => {
    expect(refusal(files).join('\n')).toContain(line);
  });

  test('a password in the file, without printing it', () => {
    const lines = refusal({
      'a.yaml': offices(office('Head')),
      'u.yaml':
        'kind: users\nitems:\n  - { username: jo, firstname: Jo, lastname: Do, office: Head, roles: [], password: hunter2 }\n',
    });
    expect(lines[0]).toMatch(/^u\.yaml:3:85: items\[0\]\.password: .*environment variable/);
    expect(lines.join('\n')).not.toContain('hunter2');
  });

  test('everything at once, in the order of files and lines', () => {
    const lines = refusal({
      'b.yaml': offices(office('North', ', parent: Nowhere'), '{ name: 7, openingDate: soon }'),
      'a.yaml': 'kind: currencies\nitems:\n  - code: dollars\n',
    });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'a.yaml:3:11:',
      'b.yaml:3:53:',
      'b.yaml:4:13:',
      'b.yaml:4:29:',
      '4',
    ]);
    expect(lines.at(-1)).toBe('4 problems; nothing was sent.');
  });
});

test('parents come before their children, whatever the order of the file', () => {
  write({ 'a.yaml': offices(office('C', ', parent: B'), office('B', ', parent: A'), office('A')) });
  expect(readBankFiles([directory]).map(({ key }) => key)).toEqual(['A', 'B', 'C']);
});
