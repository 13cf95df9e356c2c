import { allowedValues, type VariableSchema } from './coerce.ts';

const formatNames: Readonly<Record<string, string>> = {
  uri: 'a URL',
  url: 'a URL',
  email: 'an e-mail address',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uuid: 'a UUID',
};

/** What a schema accepts, in words: `a whole number from 1 to 65535`, `one of read, write`. */
export function expectation(schema: VariableSchema): string {
  const allowed = allowedValues(schema);
  if (allowed !== undefined)
    return allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(', ')}`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(expectation).join(' or ');
  switch (schema.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'array':
      return `a list separated by commas, each ${expectation(schema.items ?? {})}`;
    default:
      return textExpectation(schema);
  }
}

function textExpectation({ format, pattern, minLength }: VariableSchema): string {
  if (format !== undefined) return formatNames[format] ?? `text of the form ${format}`;
  if (pattern !== undefined) return `text matching ${pattern}`;
  return minLength !== undefined && minLength > 1 ? `text of at least ${minLength} characters` : 'text';
}

function range({ minimum, maximum, exclusiveMinimum }: VariableSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  if (maximum !== undefined) return ` of at most ${maximum}`;
  return exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`;
}
