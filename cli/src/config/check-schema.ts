/** Checks a value against a JSON Schema; every problem has its place in the file, a reason and a likely fix. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Problem } from './problem.ts';
import { formatPath, type Path, type YamlFile } from './yaml-file.ts';

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  discriminator: false,
});
addFormats.default(ajv, ['date', 'email']);
const compiled = new WeakMap<object, ValidateFunction>();

export function checkSchema(schema: object, source: YamlFile, value: unknown = source.value): Problem[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter(
      (error) =>
        !['anyOf', 'oneOf', 'if'].includes(error.keyword) || isOnlyReason(error, validate.errors ?? []),
    )
    .map((error) => toProblem(error, source, value));
}

/** A union's own error says nothing that its branches do not say, unless it has no branches' errors. */
function isOnlyReason(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  return !all.some((other) => other !== error && other.instancePath.startsWith(error.instancePath));
}

function toProblem(error: ErrorObject, source: YamlFile, value: unknown): Problem {
  const path = pathOf(error.instancePath, value);
  const unknownKey =
    error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null;
  const shown = unknownKey === null ? path : [...path, unknownKey];
  return {
    ...(unknownKey === null ? source.positionOf(path) : source.positionOfKey(shown)),
    path: formatPath(shown),
    ...(unknownKey === null ? explain(error) : explainUnknownKey(unknownKey, error)),
  };
}

function pathOf(pointer: string, value: unknown): Path {
  const path: (string | number)[] = [];
  let at = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(name) : name);
    at = (at as Record<string, unknown> | null)?.[name];
  }
  return path;
}

type Explanation = Pick<Problem, 'reason' | 'fix'>;

function explainUnknownKey(key: string, error: ErrorObject): Explanation {
  const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
  const near = nearest(key, known);
  return {
    reason: `There is no key "${key}" here.`,
    fix: near ? `Did you mean "${near}"?` : `Known keys: ${known.join(', ')}.`,
  };
}

function explain(error: ErrorObject): Explanation {
  const { params, data } = error;
  const { description } = (error.parentSchema ?? {}) as { description?: string };
  const hint = description ? { fix: `Expected: ${description.replace(/\.$/, '')}.` } : {};
  switch (error.keyword) {
    case 'required':
      return { reason: `The key "${params['missingProperty']}" is missing.`, fix: 'Add it.' };
    case 'type':
      return {
        reason: `This must be ${typeWords(params['type'])}, not ${show(data)}.`,
        ...quoteHint(params['type'], data),
      };
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      const near = nearest(String(data), allowed);
      return {
        reason: `${show(data)} is not one of: ${allowed.join(', ')}.`,
        ...(near ? { fix: `Did you mean "${near}"?` } : {}),
      };
    }
    case 'const':
      return { reason: `This must be ${show(params['allowedValue'])}, not ${show(data)}.` };
    case 'format':
      return {
        reason: `${show(data)} is not a valid ${params['format']}.`,
        ...(params['format'] === 'date' ? { fix: 'Write it like 2024-03-01.' } : {}),
      };
    case 'pattern':
      return { reason: 'This has not the form that is asked for here.', ...hint };
    default:
      return { reason: `${show(data)} ${error.message ?? 'is not valid'}.`, ...hint };
  }
}

function typeWords(type: unknown): string {
  const words: Record<string, string> = {
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a set of keys',
    null: 'empty',
  };
  return [type]
    .flat()
    .map((each) => words[String(each)] ?? String(each))
    .join(' or ');
}

function quoteHint(type: unknown, data: unknown): { fix?: string } {
  return type === 'string' && ['number', 'boolean'].includes(typeof data)
    ? { fix: `Put it in quotes: "${data}".` }
    : {};
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a set of keys';
  return JSON.stringify(value).slice(0, 60);
}

/** The known word that differs by the fewest letters, when they are few. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((each) => ({
    each,
    distance: editDistance(word.toLowerCase(), each.toLowerCase()),
  }));
  const best = scored.toSorted((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, Math.floor(word.length * 0.4)) ? best.each : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
