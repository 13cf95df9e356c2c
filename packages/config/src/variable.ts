/**
 * What an environment variable may be: `variable.integer({ minimum: 1, default: 8080 })`. Without a default it is
 * required, unless it is `variable.optional(…)`. Deliberately small: a general schema library takes 10 MB of every
 * service that reads some twenty variables with it.
 */
export type Form =
  | { readonly kind: 'text'; readonly minLength?: number; readonly pattern?: RegExp }
  | { readonly kind: 'url' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'integer' | 'number'; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: 'one-of'; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly item: Form };

export interface Variable<Value, Optional extends boolean = boolean> {
  readonly form: Form;
  readonly optional: Optional;
  readonly default?: Value;
  /** A value that would be accepted, for the error. */
  readonly example?: string;
  /** What the variable is for, for the error. */
  readonly description?: string;
}

/** Variables by name. */
export type Variables = Readonly<Record<string, Variable<unknown>>>;

type ValueOf<Declared> = Declared extends Variable<infer Value> ? Value : never;
type OptionalNames<Declared extends Variables> = {
  [Name in keyof Declared]: Declared[Name] extends Variable<unknown, true> ? Name : never;
}[keyof Declared];

/** The values that the declared variables have once they are read. */
export type ValuesOf<Declared extends Variables> = {
  readonly [Name in Exclude<keyof Declared, OptionalNames<Declared>>]: ValueOf<Declared[Name]>;
} & { readonly [Name in OptionalNames<Declared>]?: ValueOf<Declared[Name]> };

interface About<Value> {
  readonly default?: Value;
  readonly example?: string;
  readonly description?: string;
}
type Range = { readonly minimum?: number; readonly maximum?: number };

export const variable = {
  text({ minLength, pattern, ...about }: About<string> & { minLength?: number; pattern?: RegExp } = {}) {
    const limits = {
      ...(minLength === undefined ? {} : { minLength }),
      ...(pattern === undefined ? {} : { pattern }),
    };
    return required<string>({ kind: 'text', ...limits }, about);
  },
  url: (about: About<string> = {}) => required<string>({ kind: 'url' }, about),
  flag: (about: About<boolean> = {}) => required<boolean>({ kind: 'flag' }, about),
  integer: (options: About<number> & Range = {}) => numeric('integer', options),
  number: (options: About<number> & Range = {}) => numeric('number', options),
  oneOf: <const Word extends string>(words: readonly Word[], about: About<Word> = {}) =>
    required<Word>({ kind: 'one-of', words }, about),
  /** Texts separated by commas. */
  list: (about: About<readonly string[]> = {}) =>
    required<readonly string[]>({ kind: 'list', item: { kind: 'text', minLength: 1 } }, about),
  /** May be absent, without a default. */
  optional: <Value>(declared: Variable<Value>): Variable<Value, true> => ({ ...declared, optional: true }),
};

function required<Value>(form: Form, about: About<Value>): Variable<Value, false> {
  return { form, optional: false, ...about };
}

function numeric(kind: 'integer' | 'number', { minimum, maximum, ...about }: About<number> & Range) {
  const range = {
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
  return required<number>({ kind, ...range }, about);
}
