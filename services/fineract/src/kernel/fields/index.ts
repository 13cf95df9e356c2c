export type { Fields, ValuesOf } from './field.ts';
export { type JsonObject, parseJsonBody } from './json.ts';
export { f } from './kinds.ts';
export { type BodySchema, body, bodySchemaOf, readBody } from './read.ts';
