/** Numbers as Fineract's clients send them: JSON numbers, or text with the locale's separators and a `locale` beside it. */
import { Decimal } from '@fineract-gitops/money';
import { parameterError } from '../errors.ts';
import type { Reading } from './field.ts';
import { NumberText } from './json.ts';

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

interface LocaleNumber {
  /** Whole numbers with or without groups. A group has three digits (in India, two before the last). */
  readonly pattern: RegExp;
  readonly group: RegExp;
  readonly decimal: string;
}

const numbersByLocale = new Map<string, LocaleNumber>();

function numbersOf(locale: string): LocaleNumber {
  const known = numbersByLocale.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale.replaceAll('_', '-')).formatToParts(1234567.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const group = anyWayOfTyping(parts.find(({ type }) => type === 'group')?.value ?? ',');
  const grouped = String.raw`\d{1,3}(?:${group}\d{2,3})*${group}\d{3}`;
  const numbers = {
    pattern: new RegExp(`^[+-]?(?:\\d+|${grouped})(?:${literal(decimal)}\\d+)?$`, 'u'),
    group: new RegExp(group, 'gu'),
    decimal,
  };
  if (numbersByLocale.size < 200) numbersByLocale.set(locale, numbers);
  return numbers;
}

/** Keyboards have neither the narrow space of French nor the raised comma of Swiss numbers. */
function anyWayOfTyping(group: string): string {
  if (/\s/.test(group)) return String.raw`\s`;
  return /['’]/.test(group) ? "['’]" : literal(group);
}

/** A separator inside a regular expression, where a point would mean any character. */
function literal(separator: string): string {
  return [...separator].map((char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join('');
}

/**
 * The decimal that a JSON value holds. Problems: `validation.msg.missing.locale.parameter` for text without a locale,
 * `validation.msg.invalid.decimal.format` for what is no number.
 */
export function readDecimal(value: unknown, name: string, reading: Reading): Decimal | undefined {
  if (typeof value === 'number') return new Decimal(value);
  if (value instanceof NumberText)
    return PLAIN_NUMBER.test(value.text) ? new Decimal(value.text) : invalid(value.text);
  if (typeof value !== 'string') return invalid(typeof value);
  if (reading.locale === undefined) {
    reading.problems.push(missingLocale(name));
    return undefined;
  }
  const { pattern, group, decimal } = numbersOf(reading.locale);
  const text = value.trim();
  // A separator in the wrong place is refused: `1,5` in English is a mistake, and fifteen would be an expensive answer.
  return pattern.test(text) ? new Decimal(text.replaceAll(group, '').replace(decimal, '.')) : invalid(value);

  function invalid(shown: string): undefined {
    reading.problems.push(
      parameterError(
        'validation.msg.invalid.decimal.format',
        name,
        `The parameter ${name} is not a number.`,
        shown.slice(0, 40),
      ),
    );
    return undefined;
  }
}

/** The integer that a JSON value holds; problem `validation.msg.invalid.integer.format`. */
export function readInteger(value: unknown, name: string, reading: Reading): number | undefined {
  if (Number.isSafeInteger(value)) return value as number;
  const text = value instanceof NumberText ? value.text : typeof value === 'string' ? value.trim() : '';
  if (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(text)) return Number(text);
  reading.problems.push(
    parameterError(
      'validation.msg.invalid.integer.format',
      name,
      `The parameter ${name} is not a whole number.`,
      text.slice(0, 40),
    ),
  );
  return undefined;
}

export function missingLocale(name: string) {
  return parameterError(
    'validation.msg.missing.locale.parameter',
    name,
    `The parameter ${name} requires a locale parameter beside it.`,
  );
}
