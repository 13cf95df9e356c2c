import { formatWithPattern, localDate } from '@fineract-gitops/dates';
import { Decimal } from '@fineract-gitops/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { body, f, type JsonObject, parseJsonBody, readBody } from './index.ts';

const schema = body('thing', {
  amount: f.amount(),
  fee: f.amount({ sign: 'notNegative' }),
  deposit: f.amount({ sign: 'positive' }),
  count: f.integer({ min: 0, max: 10 }),
  kind: f.integer({ oneOf: [1, 2] }),
  ownerId: f.id(),
  name: f.text({ maxLength: 5 }),
  word: f.text({ oneOf: ['a', 'b'] }),
  title: f.text({ notBlank: true }),
  secret: f.text({ secret: true }),
  active: f.boolean(),
  on: f.date(),
  feeOn: f.monthDay(),
  list: f.list(f.id(), { maxLength: 2 }),
  inner: f.object({ id: f.id({ required: true }) }),
});

const read = (json: object | string) =>
  readBody(schema, parseJsonBody(typeof json === 'string' ? json : JSON.stringify(json)) as JsonObject);

function codes(json: object | string): string[] {
  try {
    read(json);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.errors?.map(({ userMessageGlobalisationCode: code }) => code) ?? [error.code];
  }
}

/** Exact amounts with at most 13 digits before the point and 6 after. */
const amounts = fc
  .bigInt({ min: -(10n ** 19n) + 1n, max: 10n ** 19n - 1n })
  .map((micros) => new Decimal(micros.toString()).div(1_000_000));

describe('amounts', () => {
  test('sent as JSON numbers keep every digit', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(read(`{"amount": ${amount.toFixed()}}`).amount?.equals(amount)).toBe(true);
      }),
    );
  });

  const locales = ['en', 'en_IN', 'de', 'de_CH', 'fr', 'es', 'pt_BR', 'cs', 'ru', 'sv', 'hi', 'ja'];
  test('sent as text of a locale are what the locale prints', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom(...locales), (amount, locale) => {
        const format = new Intl.NumberFormat(locale.replace('_', '-'), {
          maximumFractionDigits: 6,
          numberingSystem: 'latn',
        });
        const printed = format.format(amount.toFixed() as Intl.StringNumericLiteral).replace('−', '-');
        expect(read({ amount: printed, locale }).amount?.toFixed(), printed).toBe(amount.toFixed());
      }),
    );
  });

  const accepted: [text: string, locale: string, amount: string][] = [
    ['1,234.50', 'en', '1234.5'],
    ['1.234,50', 'de', '1234.5'],
    ['1 234,50', 'fr', '1234.5'],
    ["1'234.50", 'de_CH', '1234.5'],
    ['12,34,567.5', 'en_IN', '1234567.5'],
    ['1234.5', 'en', '1234.5'],
    [' -7 ', 'en', '-7'],
  ];
  test.each(accepted)('%j in %s is %s', (text, locale, amount) => {
    expect(read({ amount: text, locale }).amount?.toFixed()).toBe(amount);
  });

  const refused: [what: string, json: object | string, code: string][] = [
    [
      'a comma where English has a point',
      { amount: '1,5', locale: 'en' },
      'validation.msg.invalid.decimal.format',
    ],
    [
      'a point where German has a comma',
      { amount: '1.5', locale: 'de' },
      'validation.msg.invalid.decimal.format',
    ],
    [
      'groups after the point',
      { amount: '1.500,000', locale: 'en' },
      'validation.msg.invalid.decimal.format',
    ],
    ['text without a locale', { amount: '1' }, 'validation.msg.missing.locale.parameter'],
    ['a word', { amount: 'ten', locale: 'en' }, 'validation.msg.invalid.decimal.format'],
    ['nothing', { amount: '', locale: 'en' }, 'validation.msg.invalid.decimal.format'],
    ['not a number', { amount: 'NaN', locale: 'en' }, 'validation.msg.invalid.decimal.format'],
    ['hexadecimal', { amount: '0x10', locale: 'en' }, 'validation.msg.invalid.decimal.format'],
    ['a list', { amount: [1] }, 'validation.msg.invalid.decimal.format'],
    ['true', { amount: true }, 'validation.msg.invalid.decimal.format'],
    ['too much', '{"amount": 10000000000000}', 'validation.msg.thing.amount.is.greater.than.max'],
    ['far too much', '{"amount": 1e400}', 'validation.msg.thing.amount.is.greater.than.max'],
    ['seven places', '{"amount": 0.0000001}', 'validation.msg.thing.amount.scale.is.greater.than.6'],
    [
      'an exponent of seven places',
      '{"amount": 1e-7}',
      'validation.msg.thing.amount.scale.is.greater.than.6',
    ],
    ['a negative fee', { fee: -0.01 }, 'validation.msg.thing.fee.not.zero.or.greater'],
    ['a deposit of zero', { deposit: 0 }, 'validation.msg.thing.deposit.not.greater.than.zero'],
    ['an unknown locale', { amount: '1', locale: 'not a locale' }, 'validation.msg.invalid.locale.format'],
  ];
  test.each(refused)('refuses %s', (_what, json, code) => {
    expect(codes(json)).toContain(code);
  });
});

describe('dates', () => {
  test('are read in the format and locale of the body', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    const formats = ['dd MMMM yyyy', 'yyyy-MM-dd', 'd/M/yyyy'];
    fc.assert(
      fc.property(
        days,
        fc.constantFrom(...formats),
        fc.constantFrom('en', 'de', 'fr'),
        (day, dateFormat, locale) => {
          const date = localDate(day.toISOString().slice(0, 10));
          const on = formatWithPattern(date, dateFormat, locale);
          expect(read({ on, dateFormat, locale }).on).toBe(date);
          expect(read({ on: date.split('-').map(Number) }).on).toBe(date);
        },
      ),
    );
  });

  const refused: [what: string, json: object, code: string][] = [
    ['no format', { on: '1 March 2024', locale: 'en' }, 'validation.msg.missing.dateFormat.parameter'],
    ['no locale', { on: '2024-03-01', dateFormat: 'yyyy-MM-dd' }, 'validation.msg.missing.locale.parameter'],
    [
      '31 February',
      { on: '2024-02-31', dateFormat: 'yyyy-MM-dd', locale: 'en' },
      'validation.msg.invalid.dateFormat.format',
    ],
    ['[2024, 2, 30]', { on: [2024, 2, 30] }, 'validation.msg.invalid.dateFormat.format'],
    ['[2024]', { on: [2024] }, 'validation.msg.invalid.dateFormat.format'],
    ['a number', { on: 20240301 }, 'validation.msg.invalid.dateFormat.format'],
    ['30 February of any year', { feeOn: [2, 30] }, 'validation.msg.invalid.month.day'],
    [
      'a day without its format',
      { feeOn: '1 March', locale: 'en' },
      'validation.msg.missing.monthDayFormat.parameter',
    ],
  ];
  test.each(refused)('refuses %s', (_what, json, code) => {
    expect(codes(json)).toContain(code);
  });

  test('of any year have their own format', () => {
    expect(read({ feeOn: '29 février', monthDayFormat: 'd MMMM', locale: 'fr' }).feeOn).toEqual([2, 29]);
  });
});

describe('other values', () => {
  test('are read as what they are', () => {
    const json = {
      count: '7',
      kind: 2,
      ownerId: 9,
      name: ' abc ',
      active: 'true',
      list: [1, '2'],
      inner: { id: 3 },
    };
    expect(read(json)).toMatchObject({ ...json, count: 7, name: 'abc', active: true, list: [1, 2] });
    expect(read({ secret: ' spaces count ' }).secret).toBe(' spaces count ');
    expect(read({ name: null }).name).toBeUndefined();
  });

  const refused: [what: string, json: object | string, code: string][] = [
    ['a fraction', '{"count": 1.5}', 'validation.msg.invalid.integer.format'],
    ['an integer beyond safety', '{"ownerId": 9007199254740993}', 'validation.msg.invalid.integer.format'],
    ['eleven', { count: 11 }, 'validation.msg.thing.count.is.not.within.expected.range'],
    ['an id of zero', { ownerId: 0 }, 'validation.msg.thing.ownerId.not.greater.than.zero'],
    ['a kind of three', { kind: 3 }, 'validation.msg.thing.kind.is.not.one.of.expected.enumerations'],
    ['six letters', { name: 'abcdef' }, 'validation.msg.thing.name.exceeds.max.length'],
    ['a word off the list', { word: 'c' }, 'validation.msg.thing.word.is.not.one.of.expected.enumerations'],
    ['blanks', { title: '  ' }, 'validation.msg.thing.title.cannot.be.blank'],
    ['NUL', { name: 'a\u0000' }, 'validation.msg.thing.name.invalid'],
    ['an escape sequence', { name: '\u001b[2J' }, 'validation.msg.thing.name.invalid'],
    ['perhaps', { active: 'perhaps' }, 'validation.msg.thing.active.must.be.true.or.false'],
    ['three of two', { list: [1, 2, 3] }, 'validation.msg.thing.list.exceeds.max.length.allowed'],
    ['a list that is none', { list: 1 }, 'validation.msg.thing.list.invalid'],
    ['what is missing inside', { inner: {} }, 'validation.msg.thing.inner.id.cannot.be.blank'],
    ['what is unknown', { colour: 'red' }, 'error.msg.parameter.unsupported'],
    ['what is unknown inside', { inner: { id: 1, colour: 'red' } }, 'error.msg.parameter.unsupported'],
    ['a prototype', '{"__proto__": {"admin": true}}', 'error.msg.parameter.unsupported'],
    ['no JSON', '{"name": }', 'error.msg.invalid.request.body'],
    ['a list for a body', '[]', 'error.msg.invalid.request.body'],
  ];
  test.each(refused)('refuses %s', (_what, json, code) => {
    expect(codes(json)).toContain(code);
  });

  test('all problems of a body are told at once', () => {
    expect(codes({ count: 11, name: 'abcdef', colour: 'red' })).toHaveLength(3);
  });

  test('whatever JSON is sent, the answer is values or problems, never a crash', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(schema.fields), 'locale', 'dateFormat'), fc.jsonValue()),
        (json) => {
          expect(() => codes(json)).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});
