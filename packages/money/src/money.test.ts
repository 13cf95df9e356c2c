import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal, decimal, fitsDecimalPlaces, MAX_AMOUNT, roundMoney, sum, ZERO } from './index.ts';

/** Amounts as the database holds them: up to 13 digits before the point, 6 after. */
const micros = fc.bigInt({ min: -(10n ** 19n) + 1n, max: 10n ** 19n - 1n });
const amounts = micros.map((value) => new Decimal(value.toString()).div(1_000_000));
const places = fc.integer({ min: 0, max: 6 });

describe('decimals', () => {
  test('are read from plain text and nothing else', () => {
    for (const text of ['0', '-0.50', '12', '+1.5', '9999999999999.999999']) {
      expect(decimal(text).equals(new Decimal(text))).toBe(true);
    }
    for (const text of ['', ' ', '1e3', '0x10', 'NaN', 'Infinity', '1,000', '1.2.3', '--1', '1 2', '.']) {
      expect(() => decimal(text), text).toThrow(RangeError);
    }
    expect(() => decimal(0.1)).toThrow(RangeError);
  });

  test('leave as JSON numbers with every digit, and come back the same', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const json = JSON.stringify({ amount });
        expect(json).toBe(`{"amount":${amount.toFixed()}}`);
        expect(decimal(/:(.*)\}/.exec(json)![1]!).equals(amount)).toBe(true);
      }),
    );
  });

  test('add up without loss, in any order', () => {
    fc.assert(
      fc.property(fc.array(micros, { maxLength: 200 }), (values) => {
        const exact = values.reduce((total, value) => total + value, 0n);
        const list = values.map((value) => new Decimal(value.toString()).div(1_000_000));
        expect(sum(list).times(1_000_000).toFixed()).toBe(exact.toString());
        expect(sum(list.toReversed()).equals(sum(list))).toBe(true);
      }),
    );
    expect(sum([])).toBe(ZERO);
  });
});

describe('rounding', () => {
  const table: [amount: string, places: number, rounded: string][] = [
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['-0.125', 2, '-0.12'],
    ['2.5', 0, '2'],
    ['3.5', 0, '4'],
    ['0.1250001', 2, '0.13'],
    ['1.0005', 3, '1'],
  ];
  test.each(table)('%s to %i places is %s: half to even', (amount, decimalPlaces, rounded) => {
    expect(roundMoney(new Decimal(amount), decimalPlaces).toFixed()).toBe(rounded);
  });

  test('moves an amount by at most half a unit, and a second time not at all', () => {
    fc.assert(
      fc.property(amounts, places, (amount, decimalPlaces) => {
        const rounded = roundMoney(amount, decimalPlaces);
        const half = new Decimal(10).pow(-decimalPlaces).div(2);
        expect(rounded.minus(amount).abs().lessThanOrEqualTo(half)).toBe(true);
        expect(fitsDecimalPlaces(rounded, decimalPlaces)).toBe(true);
        expect(roundMoney(rounded, decimalPlaces).equals(rounded)).toBe(true);
        expect(roundMoney(amount.neg(), decimalPlaces).equals(rounded.neg())).toBe(true);
      }),
    );
  });

  test('the largest amount has thirteen digits and six decimal places', () => {
    expect(MAX_AMOUNT.toFixed()).toBe('9999999999999.999999');
    expect(fitsDecimalPlaces(MAX_AMOUNT, 6)).toBe(true);
    expect(fitsDecimalPlaces(MAX_AMOUNT, 5)).toBe(false);
  });
});
