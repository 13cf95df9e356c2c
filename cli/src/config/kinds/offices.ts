import { date, item, optional, type Static, text } from '../fields.ts';
import { dateFormat, isoDate, kind, restWrites, when } from '../kind.ts';

const schema = item({
  name: text('Name of the office'),
  parent: optional(text('Name of the office above; absent for the head office alone')),
  openingDate: date('First day on which the office works'),
  externalId: optional(text('Its number in another system')),
});
type Office = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly parentName?: string;
  readonly openingDate: readonly number[];
  readonly externalId?: string;
}

export const offices = kind<Office>({
  name: 'offices',
  noun: 'office',
  schema,
  keyOf: ({ name }) => name,
  references: ({ parent }) => [parent !== undefined && { kind: 'offices', key: parent, path: ['parent'] }],
  read: async (api) =>
    (await api.get<Answer[]>('/offices')).map(({ id, name, parentName, openingDate, externalId }) => ({
      id,
      item: {
        name,
        openingDate: isoDate(openingDate)!,
        ...(parentName === undefined ? {} : { parent: parentName }),
        ...(externalId === undefined ? {} : { externalId }),
      },
    })),
  // Every bank is born with one head office; a file that names it otherwise renames it.
  match: ({ name, parent }, current) =>
    current.find(({ item }) => item.name === name) ??
    (parent === undefined ? current.find(({ item }) => item.parent === undefined) : undefined),
  ...restWrites<Office>('/offices', ({ name, parent, openingDate, externalId }, { ids }) => ({
    name,
    externalId,
    openingDate,
    parentId: when(parent, (name) => ids.of('offices', name)),
    ...dateFormat,
  })),
});
