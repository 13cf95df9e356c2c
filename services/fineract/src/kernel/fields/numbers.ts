/** Numbers as Fineract's clients send them: JSON numbers, or text with the locale's separators and a `locale` beside it. */
import { Decimal } from '@fineract-gitops/money';
import { parameterError } from '../errors.ts';
import type { Reading } from './field.ts';
import { NumberText } from './json.ts';

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

interface Separators {
  readonly group: string;
  readonly decimal: string;
}

const separatorsByLocale = new Map<string, Separators>();

function separatorsOf(locale: string): Separators {
  const known = separatorsByLocale.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale.replaceAll('_', '-')).formatToParts(1234567.5);
  const separators = {
    group: parts.find(({ type }) => type === 'group')?.value ?? ',',
    decimal: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
  };
  if (separatorsByLocale.size < 200) separatorsByLocale.set(locale, separators);
  return separators;
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
  const { group, decimal } = separatorsOf(reading.locale);
  const text = value.trim().replaceAll(group, '').replaceAll(decimal, '.');
  return PLAIN_NUMBER.test(text) ? new Decimal(text) : invalid(value);

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
