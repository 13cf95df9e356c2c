/** Sends a plan's changes one after another; what was refused stops it, and running it again goes on from there. */
import type { FineractApi } from '../api/client.ts';
import { ApiRefusal } from '../api/errors.ts';
import { SECRET_PATTERN, type WriteContext } from './kind.ts';
import type { Change, Plan } from './plan.ts';
import { formatPosition } from './problem.ts';

interface Progress {
  /** Called after each change. */
  onChange?(change: Change, done: number, total: number): void;
}

interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** @throws ApiRefusal with the place in the files that the bank refused */
export async function applyPlan(
  api: FineractApi,
  { changes, ids, unchanged }: Plan,
  env: NodeJS.ProcessEnv,
  { onChange }: Progress = {},
): Promise<Applied> {
  const context: WriteContext = {
    api,
    ids,
    secret: (reference) => env[SECRET_PATTERN.exec(reference)?.[1] ?? ''] ?? '',
  };
  for (const [index, change] of changes.entries()) {
    try {
      await applyChange(context, change);
    } catch (error) {
      throw withPosition(error, change, index);
    }
    onChange?.(change, index + 1, changes.length);
  }
  const created = changes.filter(({ action }) => action === 'create').length;
  return { created, changed: changes.length - created, unchanged };
}

async function applyChange(context: WriteContext, { declared, id, differences }: Change): Promise<void> {
  const { kind, key, item } = declared;
  if (id === null) {
    const created = await kind.create(context, item);
    if (created !== undefined) context.ids.set(kind.name, key, created);
    return;
  }
  const fields = new Set(differences.map(({ path }) => path.split('.')[0]!));
  const changed = Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)));
  await kind.update(context, id, changed, item);
  // A new name is known at once to those that come later.
  context.ids.set(kind.name, key, id);
}

function withPosition(error: unknown, { declared, action }: Change, done: number): unknown {
  if (!(error instanceof ApiRefusal)) return error;
  const where = formatPosition(declared.positionOf());
  const what = `The bank refused to ${action} the ${declared.kind.noun} "${declared.key}"`;
  return new ApiRefusal(
    error.status,
    error.code,
    `${where}: ${what}.\n${error.message}\n${done} changes before it are done. Correct the file and apply again: it goes on from here.`,
  );
}
