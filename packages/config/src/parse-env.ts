import type { Static, TObject } from 'typebox';
import { Errors } from 'typebox/schema';
import { coerce, type VariableSchema } from './coerce.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { expectation } from './expectation.ts';
import { showableValue } from './secrets.ts';

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that `schema` names (its keys) from `env`: text becomes booleans, numbers and comma-separated
 * lists as the schema says, absent or empty variables take its defaults. Variables the schema does not name are left
 * alone, for an environment is shared with other programs.
 *
 * @returns the typed configuration, frozen
 * @throws ConfigError with every problem at once; it never shows the value of a variable that may hold a secret
 */
export function parseEnv<Schema extends TObject>(schema: Schema, env: Environment): Readonly<Static<Schema>> {
  const required = new Set<string>((schema as { required?: readonly string[] }).required ?? []);
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [variable, variableSchema] of Object.entries(schema.properties) as [string, VariableSchema][]) {
    const text = env[variable]?.trim();
    if (text === undefined || text === '') {
      if (variableSchema.default !== undefined) values[variable] = structuredClone(variableSchema.default);
      else if (required.has(variable)) problems.push(describeProblem(variable, variableSchema, 'is missing'));
      continue;
    }
    const value = coerce(variableSchema, text);
    const [valid] = Errors(variableSchema, value);
    if (valid) values[variable] = value;
    else problems.push(describeProblem(variable, variableSchema, describeValue(variable, text)));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(values) as Readonly<Static<Schema>>;
}

function describeValue(variable: string, text: string): string {
  const shown = showableValue(variable, text);
  return shown === undefined ? 'is not valid (value not shown)' : `is ${shown}`;
}

function describeProblem(variable: string, schema: VariableSchema, problem: string): ConfigProblem {
  const example = schema.examples?.[0] ?? schema.default;
  return {
    variable,
    problem,
    expected: expectation(schema),
    ...(example === undefined ? {} : { example: String(example) }),
    ...(schema.description === undefined ? {} : { description: schema.description }),
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
