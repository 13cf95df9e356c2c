/** The checks of an import on small files, without a bank: what is rejected, where and why. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FineractApi } from '../api/client.ts';
import type { ApiProblem } from '../api/errors.ts';
import { ApiRefusal } from '../api/errors.ts';
import { renderSchema } from '../config/testing/render-schema.ts';
import { mappingSchema } from './mapping-schema.ts';
import { createProgress } from './progress.ts';
import { type ImportOptions, runImport } from './run-import.ts';

const MAPPING = `kind: importMapping
name: old
offices:
  file: offices.csv
  fields: { externalId: id, name: name, openingDate: opened }
clients:
  file: clients.csv
  where: { kind: person }
  fields: { externalId: id, office: office, fullname: name, activationDate: since }
savingsAccounts:
  file: accounts.csv
  joins:
    - { file: owners.csv, as: owner, on: { account: id }, where: { role: OWNER } }
  fields: { externalId: id, client: owner.client, product: { constant: SAV }, openedOn: opened }
transactions:
  file: moves.csv
  fields: { externalId: id, account: account, date: date, type: type, amount: amount, balance: balance }
reconcile: { tolerance: 0.5 }
`;

const FILES: Record<string, string> = {
  'offices.csv': 'id,name,opened\n1,North,1990-01-01\n',
  'clients.csv': 'id,kind,office,name,since\n1,person,1,Ada,1991-01-01\n2,firm,1,Ltd,1991-01-01\n',
  'owners.csv': 'account,client,role\n7,9,USER\n7,1,OWNER\n',
  'accounts.csv': 'id,opened\n7,1992-01-01\n',
  'moves.csv': 'id,account,date,type,amount,balance\n1,7,1992-01-01,deposit,5.00,5.00\n',
};

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function run(files: Record<string, string> = {}, options: Partial<ImportOptions> = {}) {
  for (const [name, text] of Object.entries({ ...FILES, 'mapping.yaml': MAPPING, ...files })) {
    writeFileSync(join(place, name), text);
  }
  return runImport({
    mappingFile: join(place, 'mapping.yaml'),
    sourceDirectory: place,
    api: () => {
      throw new Error('nothing may be sent');
    },
    bankName: 'test',
    stageDirectory: join(place, 'stage'),
    dryRun: true,
    resume: false,
    skipRejected: false,
    progress: createProgress(true),
    ...options,
  });
}

async function rejections(files: Record<string, string>): Promise<string[]> {
  const { reconciliation } = await run(files);
  return reconciliation.rejected.map(({ at, reason }) => `${at}: ${reason}`);
}

test('files that are in order pass, and leave nothing behind', async () => {
  const { dryRun, reconciliation } = await run();
  expect(dryRun).toBe(true);
  expect(reconciliation.rejected).toEqual([]);
  expect(reconciliation.counts).toMatchObject([
    { entity: 'offices', read: 1, accepted: 1 },
    { entity: 'clients', read: 2, leftOutByMapping: 1, accepted: 1 },
    { entity: 'savingsAccounts', read: 1, accepted: 1 },
    { entity: 'transactions', read: 1, accepted: 1 },
  ]);
  expect(readdirSync(join(place, 'stage'))).toEqual([]);
});

describe('rows are rejected by file, line and reason', () => {
  const moves = (...lines: string[]) => ({
    'moves.csv': `id,account,date,type,amount,balance\n${lines.join('\n')}\n`,
  });
  const cases: [string, Record<string, string>, string[]][] = [
    [
      'a value that cannot be read',
      moves('1,7,1992-13-01,deposit,5,5'),
      ['moves.csv:2: date: "1992-13-01" is not a date written as yyyy-MM-dd.'],
    ],
    [
      'the same again',
      moves('1,7,1992-01-01,deposit,5,5', '1,7,1992-01-02,deposit,5,10'),
      ['moves.csv:3: The transaction stands at line 2 already.'],
    ],
    [
      'an account that is not there',
      moves('1,8,1992-01-01,deposit,5,5'),
      ['moves.csv:2: There is no savings account 8 in the source.'],
    ],
    [
      'before the account was opened',
      moves('1,7,1991-12-31,deposit,5,5'),
      ['moves.csv:2: The day 1991-12-31 is before 1992-01-01, the first day of its savings account.'],
    ],
    [
      'another number of columns',
      moves('1,7,1992-01-01'),
      ['moves.csv:2: The line has another number of columns than the header.'],
    ],
    [
      'whatever belongs to what was rejected',
      { 'clients.csv': 'id,kind,office,name,since\n1,person,5,Ada,1991-01-01\n' },
      [
        'clients.csv:2: There is no office 5 in the source.',
        'accounts.csv:2: There is no client 1 in the source.',
        'moves.csv:2: There is no savings account 7 in the source.',
      ],
    ],
    [
      'without an owner',
      { 'owners.csv': 'account,client,role\n7,1,USER\n' },
      ['accounts.csv:2: client is empty.', 'moves.csv:2: There is no savings account 7 in the source.'],
    ],
  ];
  test.each(cases)('%s', async (_what, files, expected) => {
    expect((await rejections(files)).toSorted()).toEqual(expected.toSorted());
  });

  test('and nothing is sent, unless they shall be left out', async () => {
    const files = moves('1,7,1992-01-01,deposit,5,5', '2,8,1992-01-01,deposit,5,5');
    const { dryRun } = await run(files, { dryRun: false });
    expect(dryRun).toBe(true);
    await expect(run(files, { dryRun: false, skipRejected: true })).rejects.toThrow('nothing may be sent');
  });
});

describe('a mapping is refused by line before a row is read', () => {
  const cases: [string, [string, string], string][] = [
    [
      'a column that is not there',
      ['date: date', 'date: day'],
      'mapping.yaml:17:53: transactions.fields.date: moves.csv has no column "day". Did you mean "date"?',
    ],
    ['a file that is not there', ['file: moves.csv', 'file: gone.csv'], 'There is no file'],
    [
      'a key that does not exist',
      ['tolerance: 0.5', 'tolerence: 0.5'],
      'mapping.yaml:18:14: reconcile.tolerence: There is no key "tolerence" here. Did you mean "tolerance"?',
    ],
    [
      'two origins',
      ['{ constant: SAV }', '{ constant: SAV, column: id }'],
      'The value must come from exactly one of column, constant and cases.',
    ],
  ];
  test.each(cases)('%s', async (_what, [from, to], message) => {
    await expect(run({ 'mapping.yaml': MAPPING.replace(from, to) })).rejects.toThrow(message);
  });

  test('an encoding that the file does not have', async () => {
    writeFileSync(
      join(place, 'names.csv'),
      Buffer.from([...Buffer.from('id,name,opened\n1,'), 0xe8, ...Buffer.from('esky,1990-01-01\n')]),
    );
    const mapping = MAPPING.replace('offices.csv', 'names.csv');
    await expect(run({ 'mapping.yaml': mapping })).rejects.toThrow('names.csv is not written in utf-8');
    const right = mapping.replace('name: old', 'name: old\nformat: { encoding: windows-1250 }');
    expect((await run({ 'mapping.yaml': right })).reconciliation.rejected).toEqual([]);
  });
});

test('rows that the bank refuses are named, and the others are sent without them', async () => {
  const sent: string[][] = [];
  const api = refusingApi(sent, 'old-2');
  const files = { 'moves.csv': `${FILES['moves.csv']}2,7,1992-01-02,deposit,1.00,6.00\n` };
  const { reconciliation } = await run(files, { dryRun: false, api: () => api });
  expect(sent.at(-1)).toEqual(['old-1']);
  expect(reconciliation.reconciled).toBe(false);
  expect(reconciliation.rejected).toMatchObject([
    { at: 'moves.csv:3', reason: 'The bank refused it: Not this one.' },
  ]);
});

/** Answers as the bank does when it takes all rows of a request or none. */
function refusingApi(sent: string[][], refusedId: string): FineractApi {
  return {
    async post(path, body) {
      const rows = (JSON.parse(body as string) as { rows: { externalId: string }[] }).rows.map(
        ({ externalId }) => externalId,
      );
      const problems: ApiProblem[] = rows.flatMap((id, index) =>
        id === refusedId && path.includes('transactions')
          ? [{ parameter: `rows[${index}].amount`, message: 'Not this one.' }]
          : [],
      );
      if (problems.length > 0) throw new ApiRefusal(400, 'refused', 'refused', problems);
      sent.push(rows);
      return { imported: rows.length, skipped: 0 } as object;
    },
    put: async () => ({}),
    get: async () => ({}) as never,
    getExact: async () => ({ accounts: [] }) as never,
  };
}

test('the schema that editors read is fresh', async () => {
  const file = new URL('../../../bank-config/schemas/importMapping.json', import.meta.url).pathname;
  await expect(renderSchema(mappingSchema)).toMatchFileSnapshot(file);
});
