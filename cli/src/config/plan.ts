/** Compares the files with the bank. Reads only; what is not in the files is never touched. */
import type { FineractApi } from '../api/client.ts';
import { type Declared, problemOf } from './bank-files.ts';
import { differences } from './differences.ts';
import { type AnyKind, type Current, type Difference, type Ids, SECRET_PATTERN } from './kind.ts';
import { kinds } from './kinds/index.ts';
import { type Problem, refuseIfAny } from './problem.ts';

export interface Change {
  readonly action: 'create' | 'update';
  readonly declared: Declared;
  /** The bank's id of what is updated. */
  readonly id: number | null;
  readonly differences: readonly Difference[];
}

export interface Plan {
  /** In the order in which they are applied. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Ids of what the bank has; creations add theirs. */
  readonly ids: Ids;
}

type Item = Record<string, unknown>;

/**
 * @param env where secrets are looked up that the changes need
 * @throws InputRefused with what this bank cannot take, before anything is sent
 */
export async function planConfig(
  api: FineractApi,
  declared: readonly Declared[],
  env: NodeJS.ProcessEnv,
): Promise<Plan> {
  const ids = createIds();
  const changes: Change[] = [];
  const problems: Problem[] = [];
  for (const kind of kinds) {
    const items = declared.filter((each) => each.kind === kind);
    if (items.length === 0 && !kind.builtIn) continue;
    const current = await kind.read(
      api,
      items.map(({ item }) => item),
    );
    remember(ids, kind, current);
    problems.push(...(await bankComplaints(api, kind, items)));
    for (const each of items) {
      const change = compare(each, current);
      if (!change) continue;
      changes.push(change);
      problems.push(
        ...fixedFields(change),
        ...(change.action === 'create' ? missingSecrets(change, env) : []),
      );
    }
  }
  refuseIfAny(problems);
  return { changes, unchanged: declared.length - changes.length, ids };
}

function compare(declared: Declared, all: readonly Current<Item>[]): Change | null {
  const { kind, item, key } = declared;
  const known = kind.match ? kind.match(item, all) : all.find((each) => keyOf(kind, each) === key);
  const compared = Object.fromEntries(
    Object.entries(item).filter(([name]) => !kind.writeOnly?.includes(name)),
  );
  if (!known) return { action: 'create', declared, id: null, differences: differences(compared, {}) };
  const found = kind.differ ? kind.differ(item, known.item) : differences(compared, known.item);
  return found.length === 0 ? null : { action: 'update', declared, id: known.id, differences: found };
}

function keyOf(kind: AnyKind, { item }: Current<Item>): string {
  return kind.keyOf(item);
}

async function bankComplaints(
  api: FineractApi,
  kind: AnyKind,
  items: readonly Declared[],
): Promise<Problem[]> {
  if (!kind.verify || items.length === 0) return [];
  const complaintsOf = await kind.verify(api);
  return items.flatMap((each) =>
    complaintsOf(each.item).map(({ path, reason, fix }) => problemOf(each, path, reason, fix)),
  );
}

function fixedFields({ action, declared, differences }: Change): Problem[] {
  if (action === 'create') return [];
  return differences
    .filter(({ path }) => declared.kind.fixed?.includes(path.split('.')[0]!))
    .map(({ path, from }) =>
      problemOf(
        declared,
        [path],
        `The bank does not change this after the creation; it is ${JSON.stringify(from)}.`,
      ),
    );
}

function missingSecrets({ declared }: Change, env: NodeJS.ProcessEnv): Problem[] {
  return (declared.kind.writeOnly ?? []).flatMap((field) => {
    const name = SECRET_PATTERN.exec(String(declared.item[field]))?.[1];
    if (name === undefined || env[name]) return [];
    return [
      problemOf(
        declared,
        [field],
        `The environment variable ${name} is not set.`,
        'Set it to the first password of this user.',
      ),
    ];
  });
}

function createIds(): Ids {
  const ids = new Map<string, number>();
  const of = (kind: string, key: string) => {
    const id = ids.get(`${kind} ${key}`);
    if (id === undefined) throw new Error(`no id of ${kind} ${key}: the references should have been checked`);
    return id;
  };
  return {
    of,
    ofEach: (kind, keys) => keys.map((key) => of(kind, key)),
    set: (kind, key, id) => void ids.set(`${kind} ${key}`, id),
  };
}

function remember(ids: Ids, kind: AnyKind, current: readonly Current<Item>[]): void {
  for (const each of current) {
    ids.set(kind.name, keyOf(kind, each), each.id);
    if (kind.name !== 'codes') continue;
    const values = (each.item['values'] ?? []) as { id: number; name: string }[];
    for (const { id, name } of values) ids.set('codeValues', `${keyOf(kind, each)}/${name}`, id);
  }
}
