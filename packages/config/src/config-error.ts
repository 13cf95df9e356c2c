/** One thing wrong with one variable, in words an operator can act on. */
export type ConfigProblem = {
  /** The environment variable, for example `FINERACT_SERVER_PORT`. */
  variable: string;
  /** What is wrong, for example `is missing`. */
  problem: string;
  /** What belongs there, for example `a whole number from 1 to 65535`. */
  expected: string;
  /** A value that would be accepted, when the schema has one. */
  example?: string;
  /** What the variable is for, when the schema says so. */
  description?: string;
};

/** Every problem of a configuration at once, one line each; carries no secret value. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(
      [`The configuration has ${count}:`, ...problems.map((each) => `  ${problemLine(each)}`)].join('\n'),
    );
    this.name = 'ConfigError';
    this.problems = Object.freeze([...problems]);
  }
}

function problemLine({ variable, problem, expected, example, description }: ConfigProblem): string {
  const suggestion = example === undefined ? '' : `, for example ${example}`;
  const purpose = description === undefined ? '' : ` (${description.trim().replace(/\.$/, '')})`;
  return `${variable} ${problem}; expected ${expected}${suggestion}${purpose}`;
}
