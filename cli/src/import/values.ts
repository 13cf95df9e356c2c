/** Reads the fields of one row as the mapping says. Pure; a value that cannot be read rejects the row with a reason. */
import { type LocalDate, localDate, parseWithPattern } from '@fineract-gitops/dates';
import {
  type Decimal,
  decimal,
  fitsDecimalPlaces,
  MAX_AMOUNT,
  STORED_DECIMAL_PLACES,
} from '@fineract-gitops/money';
import type { Entity, FieldSpec } from './entities.ts';
import type { Expression, Format, Table } from './mapping-schema.ts';

/** Columns of a row, those of joined files as `name.column`. */
export type SourceRow = Readonly<Record<string, string | undefined>>;

export type Value = string | LocalDate | Decimal;

/** Why a row cannot be imported, in a sentence. */
export class Rejection extends Error {}

/** @throws Rejection with the first field that cannot be read */
export function readFields(entity: Entity, table: Table, format: Format, row: SourceRow): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const [name, spec] of Object.entries(entity.fields)) {
    const declared = table.fields[name];
    if (declared === undefined) continue;
    const expression = typeof declared === 'string' ? { column: declared } : declared;
    const text = evaluate(name, expression, format, row);
    if (text === '') {
      if (spec.required) throw new Rejection(`${name} is empty.`);
      continue;
    }
    values.set(name, convert(name, text, spec, expression, format));
  }
  return values;
}

/** Whether each column has the value, or one of the values, asked for. */
export function fits(where: Readonly<Record<string, string | string[]>>, row: SourceRow): boolean {
  return Object.entries(where).every(([column, wanted]) => [wanted].flat().includes(row[column] ?? ''));
}

function evaluate(name: string, expression: Expression, format: Format, row: SourceRow): string {
  const { constant, cases, map, otherwise, birthNumber, prefix = '' } = expression;
  if (constant !== undefined) return constant;
  if (cases !== undefined) {
    const found = cases.find(({ when }) => fits(when, row))?.is ?? otherwise;
    if (found === undefined) throw new Rejection(`${name}: no case fits ${describeColumns(cases, row)}.`);
    return found;
  }
  let text = row[expression.column ?? ''] ?? '';
  if (text !== '' && birthNumber !== undefined)
    text = readBirthNumber(text, format.century ?? 19)[birthNumber];
  if (map !== undefined) {
    const mapped = Object.hasOwn(map, text) ? map[text] : otherwise;
    if (mapped === undefined) throw new Rejection(`${name}: the map has no value for "${text}".`);
    text = mapped;
  }
  return text === '' ? '' : prefix + text;
}

function describeColumns(cases: NonNullable<Expression['cases']>, row: SourceRow): string {
  const columns = new Set(cases.flatMap(({ when }) => Object.keys(when)));
  return [...columns].map((column) => `${column} "${row[column] ?? ''}"`).join(', ');
}

/**
 * Date of birth and gender of a Czech or Slovak birth number: YYMMDD, 50 added to the month of women.
 *
 * @throws Rejection when it is none
 */
export function readBirthNumber(
  text: string,
  century: number,
): { dateOfBirth: string; gender: 'female' | 'male' } {
  const match = /^(\d\d)(\d\d)(\d\d)(\/?\d{3,4})?$/.exec(text);
  const month = Number(match?.[2]);
  const female = month > 50;
  const dateOfBirth = match
    ? dateOrNull(`${century}${match[1]}-${String(female ? month - 50 : month).padStart(2, '0')}-${match[3]}`)
    : null;
  if (dateOfBirth === null) throw new Rejection(`"${text}" is not a birth number.`);
  return { dateOfBirth, gender: female ? 'female' : 'male' };
}

function convert(name: string, text: string, spec: FieldSpec, expression: Expression, format: Format): Value {
  if (spec.type === 'date') return readDate(name, text, expression, format);
  if (spec.type === 'amount') return readAmount(name, text, format);
  if (spec.oneOf && !spec.oneOf.includes(text)) {
    throw new Rejection(`${name} is "${text}", not one of ${spec.oneOf.join(', ')}.`);
  }
  if (text.length > (spec.maxLength ?? 100))
    throw new Rejection(`${name} is longer than ${spec.maxLength} characters.`);
  return text;
}

function readDate(name: string, text: string, expression: Expression, format: Format): LocalDate {
  const isIso = expression.constant !== undefined || expression.birthNumber !== undefined;
  const pattern = isIso ? 'yyyy-MM-dd' : (expression.date ?? format.dates ?? 'yyyy-MM-dd');
  const date = hasShortYear(pattern)
    ? parseWithPattern(
        `${format.century ?? 20}${shortYearFirst(text, pattern)}`,
        `yyyy${withoutYear(pattern)}`,
        'en',
      )
    : parseWithPattern(text, pattern, 'en');
  if (!date) throw new Rejection(`${name}: "${text}" is not a date written as ${pattern}.`);
  return date;
}

const SHORT_YEAR = /(?<!y)yy(?!y)/;

function hasShortYear(pattern: string): boolean {
  return SHORT_YEAR.test(pattern);
}

/** Moves the two digits of the year to the front, where the century joins them. */
function shortYearFirst(text: string, pattern: string): string {
  const at = pattern.search(SHORT_YEAR);
  return text.slice(at, at + 2) + text.slice(0, at) + text.slice(at + 2);
}

function withoutYear(pattern: string): string {
  return pattern.replace(SHORT_YEAR, '');
}

function dateOrNull(text: string): LocalDate | null {
  try {
    return localDate(text);
  } catch {
    return null;
  }
}

function readAmount(name: string, text: string, format: Format): Decimal {
  const plain = format.decimalComma ? text.replace(',', '.') : text;
  let amount: Decimal;
  try {
    amount = decimal(plain);
  } catch {
    throw new Rejection(`${name}: "${text}" is not an amount.`);
  }
  if (!fitsDecimalPlaces(amount, STORED_DECIMAL_PLACES) || amount.abs().greaterThan(MAX_AMOUNT)) {
    throw new Rejection(`${name}: ${text} has more digits than an amount may have.`);
  }
  if (name === 'amount' && !amount.greaterThan(0)) throw new Rejection(`${name}: ${text} is not above zero.`);
  return amount;
}
