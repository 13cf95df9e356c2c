/**
 * Imports rows one by one inside the request's transaction, each behind a savepoint: a row that breaks a rule is reported
 * and leaves nothing behind, the others stay. A row whose external id is taken was imported before and is skipped, so a
 * request can be sent again after any interruption.
 */
import { ApiError, type CommandContext, type CommandResult } from '../kernel/index.ts';

export interface RowError {
  /** Place in the request, from 0. */
  readonly row: number;
  readonly externalId: string;
  readonly code: string;
  readonly message: string;
}

interface Row {
  readonly externalId: string;
}

/**
 * @param isKnown whether the row's external id is taken
 * @param create makes one; answers its id
 */
export async function importRows<R extends Row>(
  { tx }: CommandContext,
  rows: readonly R[],
  isKnown: (row: R) => boolean,
  create: (row: R) => Promise<number>,
): Promise<CommandResult> {
  const ids: number[] = [];
  const errors: RowError[] = [];
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
      errors.push({ row: index, externalId: row.externalId, ...reasonOf(error) });
    }
  }
  return { changes: { imported: ids.length, skipped, errors, ids } };
}

function reasonOf(error: ApiError): Pick<RowError, 'code' | 'message'> {
  const inner = error.errors?.[0];
  return {
    code: inner?.userMessageGlobalisationCode ?? error.code,
    message: inner?.defaultUserMessage ?? error.message,
  };
}
