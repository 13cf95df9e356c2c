/** Fields that the schemas of several kinds share; descriptions become the editor's help. */
import Type, { type TProperties } from 'typebox';

export const text = (description: string, maxLength = 100) =>
  Type.String({ description, minLength: 1, maxLength });

export const date = (description: string) => Type.String({ description, format: 'date' });

export const flag = (description: string) => Type.Boolean({ description });

export const amount = (description: string) => Type.Number({ description, minimum: 0, multipleOf: 0.000001 });

export const code = (description: string) => Type.String({ description, pattern: '^[A-Z]{3}$' });

export const oneOf = <const Values extends readonly string[]>(description: string, values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], description });

export const optional = Type.Optional;

export const names = (description: string) => Type.Array(text('A name'), { description, uniqueItems: true });

/** An item: no key besides these. */
export const item = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export type { Static } from 'typebox';
