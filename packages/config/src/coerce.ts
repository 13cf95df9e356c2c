/** The part of a JSON schema that environment variables need. */
export type VariableSchema = {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly VariableSchema[];
  items?: VariableSchema;
  default?: unknown;
  description?: string;
  examples?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  minItems?: number;
  pattern?: string;
  format?: string;
};

/** The values a schema of literals allows, or undefined when it is not a closed list. */
export function allowedValues(schema: VariableSchema): readonly unknown[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.anyOf === undefined) return undefined;
  const lists = schema.anyOf.map(allowedValues);
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}

/**
 * A variable's text as the type its schema asks for; the text itself when it does not have that form, for validation
 * to refuse. Lists are separated by commas.
 */
export function coerce(schema: VariableSchema, text: string): unknown {
  const allowed = allowedValues(schema);
  if (allowed !== undefined) return allowed.find((value) => String(value) === text) ?? text;
  if (schema.anyOf !== undefined) return coerceToFirst(schema.anyOf, text);
  switch (schema.type) {
    case 'boolean':
      return coerceBoolean(text);
    case 'integer':
    case 'number':
      return coerceNumber(text);
    case 'array':
      return splitList(text).map((item) => coerce(schema.items ?? {}, item));
    default:
      return text;
  }
}

function coerceToFirst(schemas: readonly VariableSchema[], text: string): unknown {
  for (const schema of schemas) {
    const value = coerce(schema, text);
    if (value !== text) return value;
  }
  return text;
}

function coerceBoolean(text: string): unknown {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  return text;
}

function coerceNumber(text: string): unknown {
  // Number() alone would take '', '0x10' and ' 5 '; none of these is meant in an environment variable.
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
