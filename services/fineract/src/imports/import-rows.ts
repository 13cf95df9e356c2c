/**
 * Imports rows inside the request's transaction, all or none: every row is tried, each behind a savepoint so that one
 * refusal does not hide the next, and all problems are reported together. A row whose external id is taken was imported
 * before and is skipped, so a request can be sent again after any interruption.
 */
import {
  ApiError,
  type CommandContext,
  type CommandResult,
  parameterError,
  validationFailed,
} from '../kernel/index.ts';

interface Row {
  readonly externalId: string;
}

export interface ImportedRows extends CommandResult {
  readonly imported: number;
  readonly skipped: number;
  /** Of what was created, for those who follow the event. */
  readonly ids: readonly number[];
}

/**
 * @param isKnown whether the row's external id is taken
 * @param create makes one; answers its id
 * @throws ApiError 400 that names the rows that break a rule: `rows[12].gender`
 */
export async function importRows<R extends Row>(
  { tx }: CommandContext,
  rows: readonly R[],
  isKnown: (row: R) => boolean,
  create: (row: R) => Promise<number>,
): Promise<ImportedRows> {
  const ids: number[] = [];
  const problems: ReturnType<typeof parameterError>[] = [];
  let skipped = 0;
  for (const [index, row] of rows.entries()) {
    if (isKnown(row)) {
      skipped += 1;
      continue;
    }
    try {
      ids.push(await tx.savepoint(() => create(row)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problems.push(...problemsOfRow(index, error));
    }
  }
  if (problems.length > 0) throw validationFailed(problems);
  return { imported: ids.length, skipped, ids };
}

function problemsOfRow(index: number, error: ApiError) {
  const inner = error.errors ?? [parameterError(error.code, 'id', error.message)];
  return inner.map(({ userMessageGlobalisationCode, parameterName, defaultUserMessage, value }) =>
    parameterError(
      userMessageGlobalisationCode,
      `rows[${index}].${parameterName === 'id' ? 'externalId' : parameterName}`,
      defaultUserMessage,
      value,
    ),
  );
}
