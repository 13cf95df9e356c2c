import type { Fields } from './field.ts';
import type { JsonObject } from './json.ts';

/** What was sent, for the audit log: the values of secret fields (passwords) are replaced. */
export function redactSecrets(fields: Fields, json: JsonObject): JsonObject {
  const secret = (name: string) => fields[name]?.schema['format'] === 'password';
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, secret(name) ? '[redacted]' : value]),
  );
}
