import { ConfigError, type ConfigProblem } from './config-error.ts';
import { expectation } from './expectation.ts';
import { readValue } from './read-value.ts';
import { showableValue } from './secrets.ts';
import type { ValuesOf, Variable, Variables } from './variable.ts';

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the `declared` variables from `env`: text becomes booleans, numbers and comma-separated lists as declared, absent
 * or empty variables take their defaults. Other variables are left alone, for an environment is shared with other
 * programs.
 *
 * @returns the typed values, frozen
 * @throws ConfigError with every problem at once; it never shows the value of a variable that may hold a secret
 */
export function parseEnv<Declared extends Variables>(
  declared: Declared,
  env: Environment,
): ValuesOf<Declared> {
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(declared)) {
    const text = env[name]?.trim() ?? '';
    const value = text === '' ? structuredClone(variable.default) : readValue(variable.form, text);
    if (value !== undefined) values[name] = value;
    else if (text !== '') problems.push(describeProblem(name, variable, describeValue(name, text)));
    else if (!variable.optional) problems.push(describeProblem(name, variable, 'is missing'));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  for (const value of Object.values(values)) Object.freeze(value);
  return Object.freeze(values) as ValuesOf<Declared>;
}

function describeValue(variable: string, text: string): string {
  const shown = showableValue(variable, text);
  return shown === undefined ? 'is not valid (value not shown)' : `is ${shown}`;
}

function describeProblem(name: string, variable: Variable<unknown>, problem: string): ConfigProblem {
  const { form, description } = variable;
  const example = variable.example ?? variable.default;
  return {
    variable: name,
    problem,
    expected: expectation(form),
    ...(example === undefined ? {} : { example: String(example) }),
    ...(description === undefined ? {} : { description }),
  };
}
