/** Reads a whole body: unknown fields, missing fields and broken rules are reported together, and nothing has changed. */
import { type ParameterError, parameterError, validationFailed } from '../errors.ts';
import type { Field, Fields, Reading, ValuesOf } from './field.ts';
import type { JsonObject } from './json.ts';

/** Sent beside localised values; allowed in every body. */
const COMPANIONS = ['locale', 'dateFormat', 'monthDayFormat'] as const;

export interface BodySchema<F extends Fields = Fields> {
  readonly resource: string;
  readonly fields: F;
}

/** A request body, with the resource name that its validation codes carry. */
export function body<F extends Fields>(resource: string, fields: F): BodySchema<F> {
  return { resource, fields };
}

/** @throws ApiError 400 with every problem of the body */
export function readBody<F extends Fields>(schema: BodySchema<F>, json: JsonObject): ValuesOf<F> {
  const problems: ParameterError[] = [];
  const reading: Reading = {
    resource: schema.resource,
    locale: companionText(json['locale'], 'locale', problems),
    dateFormat: companionText(json['dateFormat'], 'dateFormat', problems),
    monthDayFormat: companionText(json['monthDayFormat'], 'monthDayFormat', problems),
    problems,
  };
  const values = readFields(schema.fields, json, reading, '');
  if (problems.length > 0) throw validationFailed(problems);
  return values;
}

/** Reads an object's fields; `prefix` names where it stands in the body (`charges[0].`). */
export function readFields<F extends Fields>(
  fields: F,
  json: JsonObject,
  reading: Reading,
  prefix: string,
): ValuesOf<F> {
  for (const name of Object.keys(json)) {
    if (!Object.hasOwn(fields, name) && !(COMPANIONS as readonly string[]).includes(name)) {
      reading.problems.push(
        parameterError(
          'error.msg.parameter.unsupported',
          `${prefix}${name}`,
          `The parameter ${prefix}${name} is not supported.`,
        ),
      );
    }
  }
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields))
    values[name] = readField(field, json[name], `${prefix}${name}`, reading);
  return values as ValuesOf<F>;
}

function readField(field: Field<unknown>, value: unknown, name: string, reading: Reading): unknown {
  if (value !== undefined && value !== null) return field.read(value, name, reading);
  if (field.required) {
    reading.problems.push(
      parameterError(
        `validation.msg.${reading.resource}.${name}.cannot.be.blank`,
        name,
        `The parameter ${name} is required.`,
      ),
    );
  }
  return undefined;
}

function companionText(value: unknown, name: string, problems: ParameterError[]): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const valid = typeof value === 'string' && value.length <= 60 && (name !== 'locale' || isLocale(value));
  if (valid) return value;
  problems.push(
    parameterError(`validation.msg.invalid.${name}.format`, name, `The parameter ${name} is not valid.`),
  );
  return undefined;
}

function isLocale(text: string): boolean {
  if (!/^[a-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,3}$/i.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-')).length === 1;
  } catch {
    return false;
  }
}

/** JSON Schema of an object of fields, for OpenAPI. */
export function schemaOf(fields: Fields): Record<string, unknown> {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => field.required).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, field.schema])),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** JSON Schema of a whole body, with the companions that localised values need. */
export function bodySchemaOf(schema: BodySchema): Record<string, unknown> {
  const object = schemaOf(schema.fields) as { properties: Record<string, unknown> };
  return {
    ...object,
    properties: { ...object.properties, locale: { type: 'string' }, dateFormat: { type: 'string' } },
    additionalProperties: false,
  };
}
