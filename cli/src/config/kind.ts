/**
 * A kind of configuration: what its items look like in YAML, how they are found in the bank, and how they are written to
 * it. Items are compared in the shape that they have in YAML, by names; ids exist only while something is sent.
 */
import type { TSchema } from 'typebox';
import type { FineractApi } from '../api/client.ts';
import type { Path } from './yaml-file.ts';

/** Something that an item names and that has to exist: `{ kind: 'offices', key: 'North Branch', path: ['parent'] }`. */
export interface Reference {
  readonly kind: string;
  readonly key: string;
  /** Within the item. */
  readonly path: Path;
}

/** Why an item cannot be, although its form is right. */
export interface Complaint {
  /** Within the item. */
  readonly path: Path;
  readonly reason: string;
  readonly fix?: string;
}

/** What the bank has now, in the shape of the YAML. */
export interface Current<Item> {
  readonly id: number;
  readonly item: Partial<Item>;
}

/** Ids by kind and natural key, of what the bank has and of what was just created. */
export interface Ids {
  /** @throws Error when it is not there: references were checked before */
  of(kind: string, key: string): number;
  ofEach(kind: string, keys: readonly string[]): number[];
  set(kind: string, key: string, id: number): void;
}

/** One line of a plan: what is now, and what shall be. */
export interface Difference {
  readonly path: string;
  readonly from?: unknown;
  readonly to: unknown;
}

export interface WriteContext {
  readonly api: FineractApi;
  readonly ids: Ids;
  /** A secret that the file names as `${NAME}`. */
  secret(reference: string): string;
}

export interface Kind<Item> {
  /** As files name it, `kind: offices`. */
  readonly name: string;
  /** One of them, for people: `office`. */
  readonly noun: string;
  readonly schema: TSchema;
  keyOf(item: Item): string;
  references?(item: Item): readonly (Reference | false | undefined)[];
  /** Keys that every bank has from its start and that files may name without listing them. */
  readonly builtIn?: readonly string[];
  /** Checks within one item that a schema cannot express. */
  check?(item: Item): readonly Complaint[];
  /** Fields that only a creation sends: never read back, never compared. */
  readonly writeOnly?: readonly (keyof Item & string)[];
  /** Fields that the bank does not change later. */
  readonly fixed?: readonly (keyof Item & string)[];
  read(api: FineractApi, items: readonly Item[]): Promise<Current<Item>[]>;
  /** Which current one the item is about, where a name alone does not say it. */
  match?(item: Item, current: readonly Current<Item>[]): Current<Item> | undefined;
  /** What differs, where comparing field by field does not say it well. */
  differ?(item: Item, current: Partial<Item>): readonly Difference[];
  /** Checks against what this bank knows (permissions, switches). */
  verify?(api: FineractApi): Promise<(item: Item) => readonly Complaint[]>;
  create(context: WriteContext, item: Item): Promise<number | undefined>;
  /** @param changed the fields that differ, with their new values */
  update(context: WriteContext, id: number, changed: Partial<Item>, item: Item): Promise<void>;
}

/** A kind whose items' type only its own file knows; each was checked there. */
export type AnyKind = Kind<Record<string, unknown>>;

export function kind<Item extends object>(declaration: Kind<Item>): AnyKind {
  return declaration as unknown as AnyKind;
}

/** Secrets in files are names of environment variables. */
export const SECRET_PATTERN = /^\$\{([A-Z][A-Z0-9_]*)\}$/;

export const dateFormat = { dateFormat: 'yyyy-MM-dd', locale: 'en' } as const;

/** `[2024, 3, 1]` of an answer as `2024-03-01`. */
export function isoDate(parts: readonly number[] | undefined): string | undefined {
  if (!parts) return undefined;
  const [year, month, day] = parts.map((part) => String(part).padStart(2, '0'));
  return `${year}-${month}-${day}`;
}

/** Creation and update of a resource that Fineract keeps under one path. */
export function restWrites<Item extends object>(
  path: string,
  body: (item: Partial<Item>, context: WriteContext) => object,
): Pick<Kind<Item>, 'create' | 'update'> {
  return {
    create: async (context, item) =>
      (await context.api.post(path, withoutUndefined(body(item, context)))).resourceId,
    update: async (context, id, changed) => {
      await context.api.put(`${path}/${id}`, withoutUndefined(body(changed, context)));
    },
  };
}

/** Applies to a value that is there. */
export function when<T, R>(value: T | undefined, use: (value: T) => R): R | undefined {
  return value === undefined ? undefined : use(value);
}

function withoutUndefined(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
