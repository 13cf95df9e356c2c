/** The kinds of fields that requests are declared with: `f.text({ required: true, maxLength: 50 })`. */
import { type LocalDate, localDate, parseWithPattern } from '@fineract-gitops/dates';
import { type Decimal, fitsDecimalPlaces, MAX_AMOUNT, STORED_DECIMAL_PLACES } from '@fineract-gitops/money';
import { parameterError } from '../errors.ts';
import type { Field, Fields, OptionalField, Reading, RequiredField, ValuesOf } from './field.ts';
import { monthDay } from './month-day.ts';
import { missingLocale, readDecimal, readInteger } from './numbers.ts';
import { readFields, schemaOf } from './read.ts';

type Required = { readonly required: true };

function refuse(reading: Reading, name: string, rule: string, message: string, value?: unknown): undefined {
  reading.problems.push(
    parameterError(`validation.msg.${reading.resource}.${name}.${rule}`, name, message, value),
  );
  return undefined;
}

interface TextOptions {
  readonly maxLength?: number;
  readonly oneOf?: readonly string[];
  /** A password: kept as it is typed, spaces too, and out of the audit log and events. */
  readonly secret?: boolean;
  /** May be absent, but not empty: the names of an update. */
  readonly notBlank?: boolean;
}

function text(options: TextOptions & Required): RequiredField<string>;
function text(options?: TextOptions): OptionalField<string>;
function text(options: TextOptions & { required?: true } = {}): Field<string> {
  const { maxLength = 500, oneOf, required = false } = options;
  return {
    required,
    schema: {
      type: 'string',
      maxLength,
      ...(oneOf ? { enum: oneOf } : {}),
      ...(options.secret ? { format: 'password' } : {}),
    },
    read(value, name, reading) {
      if (typeof value !== 'string')
        return refuse(reading, name, 'invalid', `The parameter ${name} must be text.`);
      const trimmed = options.secret ? value : value.trim();
      if ((required || options.notBlank) && trimmed.trim() === '')
        return refuse(reading, name, 'cannot.be.blank', `The parameter ${name} is required.`);
      if (trimmed.length > maxLength) {
        return refuse(
          reading,
          name,
          'exceeds.max.length',
          `The parameter ${name} is longer than ${maxLength} characters.`,
        );
      }
      // PostgreSQL cannot store NUL, and a terminal should never see a control character that a name carried in.
      if (/\p{Cc}/u.test(trimmed.replaceAll(/[\t\n\r]/g, ''))) {
        return refuse(reading, name, 'invalid', `The parameter ${name} contains control characters.`);
      }
      if (oneOf && !oneOf.includes(trimmed)) {
        return refuse(
          reading,
          name,
          'is.not.one.of.expected.enumerations',
          `The parameter ${name} must be one of: ${oneOf.join(', ')}.`,
          trimmed,
        );
      }
      return trimmed;
    },
  };
}

function boolean(options: Required): RequiredField<boolean>;
function boolean(options?: object): OptionalField<boolean>;
function boolean(options: { required?: true } = {}): Field<boolean> {
  return {
    required: options.required ?? false,
    schema: { type: 'boolean' },
    read(value, name, reading) {
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      return refuse(reading, name, 'must.be.true.or.false', `The parameter ${name} must be true or false.`);
    },
  };
}

interface IntegerOptions {
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly number[];
}

function integer(options: IntegerOptions & Required): RequiredField<number>;
function integer(options?: IntegerOptions): OptionalField<number>;
function integer(options: IntegerOptions & { required?: true } = {}): Field<number> {
  const { min, max, oneOf } = options;
  return {
    required: options.required ?? false,
    schema: {
      type: 'integer',
      ...(min === undefined ? {} : { minimum: min }),
      ...(max === undefined ? {} : { maximum: max }),
      ...(oneOf ? { enum: oneOf } : {}),
    },
    read(value, name, reading) {
      const number = readInteger(value, name, reading);
      if (number === undefined) return undefined;
      if (oneOf && !oneOf.includes(number)) {
        const message = `The parameter ${name} must be one of: ${oneOf.join(', ')}.`;
        return refuse(reading, name, 'is.not.one.of.expected.enumerations', message, number);
      }
      if (min === 1 && number < 1) {
        return refuse(
          reading,
          name,
          'not.greater.than.zero',
          `The parameter ${name} must be greater than 0.`,
          number,
        );
      }
      if ((min !== undefined && number < min) || (max !== undefined && number > max)) {
        const message = `The parameter ${name} must lie between ${min ?? 'any'} and ${max ?? 'any'}.`;
        return refuse(reading, name, 'is.not.within.expected.range', message, number);
      }
      return number;
    },
  };
}

function id(options: Required): RequiredField<number>;
function id(options?: object): OptionalField<number>;
function id(options: { required?: true } = {}): Field<number> {
  return options.required ? integer({ required: true, min: 1 }) : integer({ min: 1 });
}

interface DecimalOptions {
  /** `positive`: above zero; `notNegative`: zero or above; `any`. */
  readonly sign?: 'positive' | 'notNegative' | 'any';
  readonly max?: Decimal;
}

function amount(options: DecimalOptions & Required): RequiredField<Decimal>;
function amount(options?: DecimalOptions): OptionalField<Decimal>;
function amount(options: DecimalOptions & { required?: true } = {}): Field<Decimal> {
  const { sign = 'any', max = MAX_AMOUNT } = options;
  return {
    required: options.required ?? false,
    schema: {
      type: 'number',
      ...(sign === 'positive' ? { exclusiveMinimum: 0 } : {}),
      ...(sign === 'notNegative' ? { minimum: 0 } : {}),
    },
    read(value, name, reading) {
      const decimal = readDecimal(value, name, reading);
      if (decimal === undefined) return undefined;
      if (sign === 'positive' && !decimal.greaterThan(0)) {
        return refuse(
          reading,
          name,
          'not.greater.than.zero',
          `The parameter ${name} must be greater than 0.`,
          decimal,
        );
      }
      if (sign === 'notNegative' && decimal.lessThan(0)) {
        return refuse(
          reading,
          name,
          'not.zero.or.greater',
          `The parameter ${name} must be 0 or greater.`,
          decimal,
        );
      }
      if (decimal.abs().greaterThan(max)) {
        return refuse(
          reading,
          name,
          'is.greater.than.max',
          `The parameter ${name} is above ${max.toFixed()}.`,
          decimal,
        );
      }
      if (!fitsDecimalPlaces(decimal, STORED_DECIMAL_PLACES)) {
        const message = `The parameter ${name} has more than ${STORED_DECIMAL_PLACES} digits after the point.`;
        return refuse(reading, name, `scale.is.greater.than.${STORED_DECIMAL_PLACES}`, message, decimal);
      }
      return decimal;
    },
  };
}

function date(options: Required): RequiredField<LocalDate>;
function date(options?: object): OptionalField<LocalDate>;
function date(options: { required?: true } = {}): Field<LocalDate> {
  return {
    required: options.required ?? false,
    schema: {
      type: 'string',
      description: 'A date in the dateFormat and locale of the same body, or [year, month, day].',
    },
    read(value, name, reading) {
      if (Array.isArray(value)) return dateFromParts(value, name, reading);
      if (typeof value !== 'string') return invalidDate(name, reading);
      if (value.trim() === '' && options.required) {
        return refuse(reading, name, 'cannot.be.blank', `The parameter ${name} is required.`);
      }
      if (reading.dateFormat === undefined) {
        reading.problems.push(
          parameterError(
            'validation.msg.missing.dateFormat.parameter',
            name,
            `The parameter ${name} requires a dateFormat parameter beside it.`,
          ),
        );
      }
      if (reading.locale === undefined) reading.problems.push(missingLocale(name));
      if (reading.dateFormat === undefined || reading.locale === undefined) return undefined;
      return parseWithPattern(value, reading.dateFormat, reading.locale) ?? invalidDate(name, reading);
    },
  };
}

function dateFromParts(parts: readonly unknown[], name: string, reading: Reading): LocalDate | undefined {
  const [year, month, day] = parts.map((part) => (Number.isSafeInteger(part) ? (part as number) : -1));
  const padded = (part: number | undefined, width: number) => String(part ?? '').padStart(width, '0');
  try {
    return localDate(`${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`);
  } catch {
    return invalidDate(name, reading);
  }
}

function invalidDate(name: string, reading: Reading): undefined {
  reading.problems.push(
    parameterError(
      'validation.msg.invalid.dateFormat.format',
      name,
      `The parameter ${name} is not a date in the format ${reading.dateFormat ?? 'given'}.`,
      undefined,
      [reading.dateFormat ?? null],
    ),
  );
  return undefined;
}

interface ListOptions {
  readonly maxLength?: number;
}

function list<T>(item: Field<T>, options: ListOptions & Required): RequiredField<readonly T[]>;
function list<T>(item: Field<T>, options?: ListOptions): OptionalField<readonly T[]>;
function list<T>(item: Field<T>, options: ListOptions & { required?: true } = {}): Field<readonly T[]> {
  const { maxLength = 10_000 } = options;
  return {
    required: options.required ?? false,
    schema: { type: 'array', items: item.schema, maxItems: maxLength },
    read(value, name, reading) {
      if (!Array.isArray(value))
        return refuse(reading, name, 'invalid', `The parameter ${name} must be a list.`);
      if (options.required && value.length === 0) {
        return refuse(reading, name, 'cannot.be.empty', `The parameter ${name} must not be empty.`);
      }
      if (value.length > maxLength) {
        return refuse(
          reading,
          name,
          'exceeds.max.length.allowed',
          `The parameter ${name} has more than ${maxLength} entries.`,
        );
      }
      return value.map((each, index) => item.read(each, `${name}[${index}]`, reading) as T);
    },
  };
}

function object<F extends Fields>(fields: F, options: Required): RequiredField<ValuesOf<F>>;
function object<F extends Fields>(fields: F, options?: object): OptionalField<ValuesOf<F>>;
function object<F extends Fields>(fields: F, options: { required?: true } = {}): Field<ValuesOf<F>> {
  return {
    required: options.required ?? false,
    schema: schemaOf(fields),
    read(value, name, reading) {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        return refuse(reading, name, 'invalid', `The parameter ${name} must be an object.`);
      }
      return readFields(fields, value as Record<string, unknown>, reading, `${name}.`);
    },
  };
}

/** A map of names to booleans, as role permissions are sent. */
function flags(options: Required): RequiredField<Readonly<Record<string, boolean>>> {
  return {
    required: options.required,
    schema: { type: 'object', additionalProperties: { type: 'boolean' } },
    read(value, name, reading) {
      const entries =
        value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : null;
      if (!entries?.every(([, flag]) => typeof flag === 'boolean')) {
        return refuse(reading, name, 'invalid', `The parameter ${name} must map names to true or false.`);
      }
      return Object.fromEntries(entries) as Record<string, boolean>;
    },
  };
}

export const f = { amount, boolean, date, flags, id, integer, list, monthDay, object, text };
