/**
 * Exact decimal money. A JavaScript number is a binary float and never holds an amount here: amounts come in as decimal
 * text, are computed with `Decimal`, are stored as `numeric(19,6)` and leave as JSON number literals with every digit.
 */
import { Decimal } from 'decimal.js';

Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -40, toExpPos: 60 });

interface RawJson {
  readonly rawJSON: string;
}
const rawJson = (JSON as unknown as { rawJSON(text: string): RawJson }).rawJSON;

// decimal.js would print a JSON string; Fineract's clients expect a number, and a float would lose digits.
(Decimal.prototype as { toJSON(): unknown }).toJSON = function toJSON(this: Decimal) {
  return rawJson(this.toFixed());
};

export { Decimal };

export const ZERO = new Decimal(0);

/** Largest amount that `numeric(19,6)` holds. */
export const MAX_AMOUNT = new Decimal('9999999999999.999999');

/** Decimal places that every stored amount keeps at most. */
export const STORED_DECIMAL_PLACES = 6;

/**
 * Reads a decimal from its text.
 *
 * @throws RangeError when the text is not a plain finite decimal (`12`, `-0.50`)
 */
export function decimal(text: string | number | bigint): Decimal {
  const plain = typeof text === 'number' ? integerText(text) : String(text);
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) throw new RangeError(`not a decimal: ${plain.slice(0, 40)}`);
  return new Decimal(plain);
}

function integerText(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('a fraction must come as text, not as a number');
  return String(value);
}

/** Rounds half to even, Fineract's default rounding mode, to the currency's decimal places. */
export function roundMoney(amount: Decimal, decimalPlaces: number): Decimal {
  return amount.toDecimalPlaces(decimalPlaces, Decimal.ROUND_HALF_EVEN);
}

/** Sum of the amounts; zero for none. */
export function sum(amounts: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** Whether the amount has no more than `places` digits after the point. */
export function fitsDecimalPlaces(amount: Decimal, places: number): boolean {
  return amount.decimalPlaces() <= places;
}
