/** A day of any year (`07 March`), as recurring fees are set: text with `monthDayFormat` and `locale`, or `[month, day]`. */
import { parseWithPattern, toParts } from '@fineract-gitops/dates';
import { parameterError } from '../errors.ts';
import type { Field, OptionalField, Reading, RequiredField } from './field.ts';
import { missingLocale } from './numbers.ts';

export type MonthDay = readonly [month: number, day: number];

// 29 February must be readable.
const LEAP_YEAR = '2000';

export function monthDay(options: { readonly required: true }): RequiredField<MonthDay>;
export function monthDay(options?: object): OptionalField<MonthDay>;
export function monthDay(options: { required?: true } = {}): Field<MonthDay> {
  return {
    required: options.required ?? false,
    schema: { type: 'string', description: 'A day in the monthDayFormat and locale of the same body.' },
    read(value, name, reading) {
      if (Array.isArray(value) && value.length === 2)
        return parse(value.join('-'), 'M-d', 'en', name, reading);
      if (typeof value !== 'string') return invalid(name, reading);
      if (reading.monthDayFormat === undefined) {
        const message = `The parameter ${name} requires a monthDayFormat parameter beside it.`;
        reading.problems.push(
          parameterError('validation.msg.missing.monthDayFormat.parameter', name, message),
        );
      }
      if (reading.locale === undefined) reading.problems.push(missingLocale(name));
      if (reading.monthDayFormat === undefined || reading.locale === undefined) return undefined;
      return parse(value, reading.monthDayFormat, reading.locale, name, reading);
    },
  };
}

function parse(text: string, pattern: string, locale: string, name: string, reading: Reading) {
  const date = parseWithPattern(`${text.trim()} ${LEAP_YEAR}`, `${pattern} yyyy`, locale);
  if (!date) return invalid(name, reading);
  const [, month, day] = toParts(date);
  return [month, day] as const;
}

function invalid(name: string, reading: Reading): undefined {
  reading.problems.push(
    parameterError(
      'validation.msg.invalid.month.day',
      name,
      `The parameter ${name} is not a day in the format ${reading.monthDayFormat ?? 'given'}.`,
    ),
  );
  return undefined;
}
