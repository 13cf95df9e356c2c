/**
 * JSON bodies with exact numbers: a number that is not a safe integer is kept as its source text, so `0.1` never passes
 * through a binary float on its way to an amount.
 */
import { Decimal } from '@fineract-gitops/money';
import { ApiError } from '../errors.ts';

/** A JSON number that a float could not hold exactly, as it was written. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.text);
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

const keepExactNumbers: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && !isExact(value, source)
    ? new NumberText(source)
    : value;

/** A float may round to a whole number what was written with digits after the point: 2499999999999.999756. */
function isExact(value: number, source: string): boolean {
  return Number.isSafeInteger(value) && (/^-?\d+$/.test(source) || new Decimal(source).equals(value));
}

export type JsonObject = Record<string, unknown>;

/** @throws ApiError 400 `error.msg.invalid.request.body` when the text is not a JSON object (or array, where allowed) */
export function parseJsonBody(text: string, allow: 'object' | 'array' = 'object'): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, keepExactNumbers as Parameters<typeof JSON.parse>[1]);
  } catch {
    throw invalidBody();
  }
  const isArray = Array.isArray(parsed);
  if (parsed === null || typeof parsed !== 'object' || isArray !== (allow === 'array')) throw invalidBody();
  return parsed;
}

function invalidBody(): ApiError {
  return new ApiError(400, 'error.msg.invalid.request.body', 'The request body is not valid JSON.');
}
