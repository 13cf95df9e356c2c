/** Problems of an import, by row: all of a request are reported together, and nothing of it is written. */
import { type ParameterError, parameterError, validationFailed } from '../../kernel/index.ts';

export class ImportProblems {
  readonly #problems: ParameterError[] = [];

  /** Notes that a field of a row (counted from 0) is wrong: `rows[12].amount`. */
  add(row: number, field: string, rule: string, message: string, value?: unknown): void {
    this.#problems.push(
      parameterError(`error.msg.import.${field}.${rule}`, `rows[${row}].${field}`, message, value),
    );
  }

  /** External ids that occur more than once in the request. */
  addRepeated(rows: readonly { readonly externalId: string }[]): void {
    const seen = new Set<string>();
    for (const [index, { externalId }] of rows.entries()) {
      if (seen.has(externalId))
        this.add(
          index,
          'externalId',
          'repeated',
          'The external id occurs twice in this request.',
          externalId,
        );
      seen.add(externalId);
    }
  }

  /** @throws ApiError 400 with every problem */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw validationFailed(this.#problems);
  }
}
