import { addDays, localDate } from '@fineract-gitops/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entities } from './entities.ts';
import type { Expression, Format } from './mapping-schema.ts';
import { fits, Rejection, readBirthNumber, readFields, type SourceRow } from './values.ts';

const anyDay = fc.integer({ min: 0, max: 36_523 }).map((days) => addDays(localDate('1900-01-01'), days));

describe('birth numbers', () => {
  test('every day of a century, for women and men', () => {
    fc.assert(
      fc.property(anyDay, fc.boolean(), (day, female) => {
        const [year, month, date] = day.split('-') as [string, string, string];
        const text = `${year.slice(2)}${String(Number(month) + (female ? 50 : 0)).padStart(2, '0')}${date}`;
        expect(readBirthNumber(text, 19)).toEqual({ dateOfBirth: day, gender: female ? 'female' : 'male' });
      }),
    );
  });

  test.each(['', '7062', '701340', '700230', '70a213', '7062131'])('"%s" is none', (text) => {
    expect(() => readBirthNumber(text, 19)).toThrow(Rejection);
  });
});

describe('fields', () => {
  const date = (expression: Expression, format: Format, value: string) =>
    readFields(
      entities.offices,
      { file: 'o.csv', fields: { externalId: 'id', name: 'id', openingDate: expression } },
      format,
      { id: '1', opened: value },
    ).get('openingDate');

  test.each([
    ['yyMMdd', 19, '930102', '1993-01-02'],
    ['dd.MM.yy', 19, '02.01.93', '1993-01-02'],
    ['dd.MM.yyyy', 20, '02.01.1993', '1993-01-02'],
    ['yyyy-MM-dd', 20, '1993-01-02', '1993-01-02'],
  ])('dates written as %s', (pattern, century, text, expected) => {
    expect(date({ column: 'opened', date: pattern }, { century }, text)).toBe(expected);
  });

  test('short years keep every day, wherever they stand', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [year, month, date_] = day.split('-') as [string, string, string];
        const format = { century: 19 };
        expect(date({ column: 'opened', date: 'yyMMdd' }, format, `${year.slice(2)}${month}${date_}`)).toBe(
          day,
        );
        expect(
          date({ column: 'opened', date: 'dd/MM/yy' }, format, `${date_}/${month}/${year.slice(2)}`),
        ).toBe(day);
      }),
    );
  });

  const transaction = (row: SourceRow, more: Record<string, string | Expression> = {}, format: Format = {}) =>
    readFields(
      entities.transactions,
      {
        file: 't.csv',
        fields: {
          externalId: 'id',
          account: 'account',
          date: 'date',
          type: 'type',
          amount: 'amount',
          ...more,
        },
      },
      format,
      { id: '1', account: '2', date: '1993-01-02', type: 'deposit', amount: '12.50', ...row },
    );

  test('amounts are exact, with a point or a comma', () => {
    expect(String(transaction({ amount: '0.1' }).get('amount'))).toBe('0.1');
    expect(
      String(transaction({ amount: '1234567890123,456789' }, {}, { decimalComma: true }).get('amount')),
    ).toBe('1234567890123.456789');
  });

  test.each<[string, SourceRow, Record<string, string | Expression>, string]>([
    ['no amount', { amount: 'much' }, {}, 'amount: "much" is not an amount.'],
    ['nothing', { amount: '0.00' }, {}, 'amount: 0.00 is not above zero.'],
    ['less than nothing', { amount: '-5' }, {}, 'amount: -5 is not above zero.'],
    ['too exact', { amount: '0.1234567' }, {}, 'amount: 0.1234567 has more digits than an amount may have.'],
    ['no such day', { date: '1993-02-29' }, {}, 'date: "1993-02-29" is not a date written as yyyy-MM-dd.'],
    ['empty', { account: '' }, {}, 'account is empty.'],
    ['another type', { type: 'gift' }, {}, 'type is "gift", not one of deposit, withdrawal, interest, fee.'],
    [
      'unmapped',
      { type: 'X' },
      { type: { column: 'type', map: { P: 'deposit' } } },
      'type: the map has no value for "X".',
    ],
    [
      'no case',
      { type: 'X' },
      { type: { cases: [{ when: { type: 'P' }, is: 'deposit' }] } },
      'type: no case fits type "X".',
    ],
  ])('a row is rejected for what is %s', (_what, row, fields, reason) => {
    expect(() => transaction(row, fields)).toThrow(new Rejection(reason));
  });

  test('conditions take one value or several', () => {
    expect(fits({ type: ['A', 'B'], mark: '' }, { type: 'B' })).toBe(true);
    expect(fits({ type: 'A' }, { type: 'B' })).toBe(false);
  });
});
