/**
 * What a field of a request body may be. A field reads its JSON value into a typed one, or names the rule it breaks with
 * Fineract's code; the same declaration makes the OpenAPI schema.
 */
import type { ParameterError } from '../errors.ts';

/** What reading a field may depend on: the body's own locale and date format, and where problems are put. */
export interface Reading {
  readonly resource: string;
  readonly locale: string | undefined;
  readonly dateFormat: string | undefined;
  readonly monthDayFormat: string | undefined;
  readonly problems: ParameterError[];
}

export interface Field<T> {
  readonly required: boolean;
  /** JSON Schema of what a client sends. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The value, or `undefined` after putting the reasons into `reading.problems`. */
  read(value: unknown, name: string, reading: Reading): T | undefined;
}

export type OptionalField<T> = Field<T> & { readonly required: false };
export type RequiredField<T> = Field<T> & { readonly required: true };

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The typed body that a set of fields reads into. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends RequiredField<unknown> ? K : never]: F[K] extends Field<infer T>
    ? T
    : never;
} & {
  readonly [K in keyof F as F[K] extends RequiredField<unknown> ? never : K]: F[K] extends Field<infer T>
    ? T | undefined
    : never;
};
