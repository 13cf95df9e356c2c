/** The JSON Schema of a configuration file, one per kind: what `config check` checks, and what editors read. */
import Type from 'typebox';
import type { AnyKind } from './kind.ts';

export function fileSchema({ name, noun, schema }: AnyKind): Record<string, unknown> {
  const { description, ...object } = Type.Object(
    {
      kind: Type.Literal(name, { description: 'What this file is about' }),
      items: Type.Array(schema, { description: `Every ${noun} of this file` }),
    },
    { additionalProperties: false },
  ) as unknown as Record<string, unknown>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://fineract-gitops.dev/schemas/${name}.json`,
    title: `Bank configuration: ${name}`,
    ...object,
  };
}
