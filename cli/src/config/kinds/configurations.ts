import Type from 'typebox';
import { nearest } from '../check-schema.ts';
import { flag, item, optional, type Static, text } from '../fields.ts';
import { kind } from '../kind.ts';

const schema = item({
  name: text('Name of the switch, such as enable-business-date'),
  enabled: flag('Whether it is on'),
  value: optional(Type.Integer({ description: 'Its number, where it has one', minimum: 0 })),
});
type Configuration = Static<typeof schema>;

interface Answer {
  readonly globalConfiguration: readonly {
    readonly id: number;
    readonly name: string;
    readonly enabled: boolean;
    readonly value?: number;
  }[];
}

export const configurations = kind<Configuration>({
  name: 'configurations',
  noun: 'switch',
  schema,
  keyOf: ({ name }) => name,
  read: async (api) =>
    (await api.get<Answer>('/configurations')).globalConfiguration.map(({ id, name, enabled, value }) => ({
      id,
      item: { name, enabled, ...(value === undefined ? {} : { value }) },
    })),
  async verify(api) {
    const known = (await api.get<Answer>('/configurations')).globalConfiguration.map(({ name }) => name);
    return ({ name }) => {
      if (known.includes(name)) return [];
      const near = nearest(name, known);
      const complaint = { path: ['name'], reason: `The bank has no switch ${name}.` };
      return [near ? { ...complaint, fix: `Did you mean ${near}?` } : complaint];
    };
  },
  // The bank knows its switches; verify has refused any other.
  create: async () => undefined,
  update: async ({ api }, id, changed) => {
    await api.put(`/configurations/${id}`, changed);
  },
});
