/** What a mapping says: which file becomes what, and how each field is read from a row. */
import Type, { type TSchema } from 'typebox';
import { date, flag, item, oneOf, optional, type Static, text } from '../config/fields.ts';
import { entities } from './entities.ts';

const column = (description: string) => text(description, 200);
const matches = (description: string) =>
  Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), { description });

const expression = item({
  column: optional(column('Column that holds the value')),
  constant: optional(text('The same value for every row', 500)),
  cases: optional(
    Type.Array(
      item({
        when: matches('Columns and the value, or the values, that they must have'),
        is: text('The value then', 500),
      }),
      { description: 'The first case that fits gives the value' },
    ),
  ),
  date: optional(text('How dates are written here, such as dd.MM.yyyy', 40)),
  birthNumber: optional(
    oneOf('What to take from a Czech or Slovak birth number (YYMMDD, month + 50 for women)', [
      'dateOfBirth',
      'gender',
    ]),
  ),
  map: optional(
    Type.Record(Type.String(), Type.String(), { description: 'Values of the source and what they become' }),
  ),
  otherwise: optional(text('The value when no case fits, or the map has none', 500)),
  prefix: optional(text('Put before the value', 100)),
});
export type Expression = Static<typeof expression>;

const field = (description: string) =>
  Type.Union([column(''), expression], {
    description: `${description}. A column's name, or how to get the value`,
  });

const join = item({
  file: text('File that is joined', 200),
  as: Type.String({
    description: 'Its name here: columns are read as name.column',
    pattern: '^[a-z][a-zA-Z0-9]*$',
  }),
  on: Type.Record(Type.String(), Type.String(), {
    description: 'Columns of the joined file, and the columns of this file that they equal',
  }),
  where: optional(matches('Rows of the joined file that count')),
});
export type Join = Static<typeof join>;

function tableSchema(
  fields: Readonly<Record<string, { readonly about: string; readonly required?: boolean }>>,
) {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, { about, required }]) => [
      name,
      required ? field(about) : optional(field(about)),
    ]),
  ) as Record<string, TSchema>;
  return item({
    file: text('The CSV file, within the source directory', 200),
    where: optional(matches('Rows that are imported; others are left out')),
    joins: optional(Type.Array(join, { description: 'Other files whose columns the fields may read' })),
    fields: Type.Object(properties, { additionalProperties: false, description: 'How each field is read' }),
  });
}

export interface Table {
  readonly file: string;
  readonly where?: Readonly<Record<string, string | string[]>>;
  readonly joins?: readonly Join[];
  readonly fields: Readonly<Record<string, string | Expression>>;
}

const format = item({
  delimiter: optional(text('Between columns; a comma unless said', 1)),
  encoding: optional(text('Such as utf-8 (unless said) or windows-1250', 40)),
  dates: optional(text('How dates are written, such as yyMMdd; yyyy-MM-dd unless said', 40)),
  century: optional(
    Type.Integer({
      description: 'Century of two-digit years: 19 makes 93 into 1993',
      minimum: 0,
      maximum: 99,
    }),
  ),
  decimalComma: optional(flag('Whether amounts have a comma before the cents')),
});
export type Format = Static<typeof format>;

const reconcile = item({
  tolerance: Type.Number({ description: 'How far a balance may differ from the source', minimum: 0 }),
  until: optional(date('Last day that is compared')),
});

const tables = Object.fromEntries(
  Object.values(entities).map(({ name, fields }) => [name, optional(tableSchema(fields))]),
) as Record<string, TSchema>;

export const mappingSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://fineract-gitops.dev/schemas/importMapping.json',
  title: 'Mapping of CSV files to a bank',
  ...item({
    kind: Type.Literal('importMapping', { description: 'What this file is' }),
    name: Type.String({
      description: "Name of the source; external ids begin with it, so that they never meet another source's",
      pattern: '^[a-z][a-z0-9-]{0,30}$',
    }),
    format: optional(
      Type.Object(format.properties, {
        additionalProperties: false,
        description: 'How the files are written',
      }),
    ),
    ...tables,
    reconcile: optional(
      Type.Object(reconcile.properties, {
        additionalProperties: false,
        description: 'How balances are compared',
      }),
    ),
  }),
};

export interface Mapping {
  readonly name: string;
  readonly format: Format;
  readonly tables: ReadonlyMap<string, Table>;
  readonly tolerance: number;
}
