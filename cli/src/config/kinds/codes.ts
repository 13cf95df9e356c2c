import Type from 'typebox';
import { differences } from '../differences.ts';
import { flag, item, optional, type Static, text } from '../fields.ts';
import { kind, type WriteContext } from '../kind.ts';

const value = item({
  name: text('What people choose'),
  description: optional(text('What it means', 500)),
  position: optional(Type.Integer({ description: 'Place in lists', minimum: 0 })),
  active: optional(flag('Whether it can be chosen')),
});
const schema = item({
  name: text('Name of the code, such as Gender'),
  values: Type.Array(value, {
    description: 'Values that the code shall have; others that it has are left alone',
  }),
});
type Code = Static<typeof schema>;
type Value = Static<typeof value>;

interface ValueAnswer extends Value {
  readonly id: number;
}

export const codes = kind<Code>({
  name: 'codes',
  noun: 'code',
  schema,
  keyOf: ({ name }) => name,
  check: ({ values }) =>
    values.flatMap(({ name }, index) =>
      values.findIndex((other) => other.name === name) < index
        ? [
            {
              path: ['values', index, 'name'],
              reason: `The value "${name}" stands here twice.`,
              fix: 'Keep one of the two.',
            },
          ]
        : [],
    ),
  async read(api, items) {
    const existing = await api.get<{ id: number; name: string }[]>('/codes');
    const wanted = existing.filter(({ name }) => items.some((item) => item.name === name));
    return Promise.all(
      wanted.map(async ({ id, name }) => {
        const values = await api.get<(ValueAnswer & { isActive?: boolean })[]>(`/codes/${id}/codevalues`);
        return {
          id,
          item: {
            name,
            values: values.map(({ isActive, ...rest }) => ({ ...rest, active: isActive ?? true })),
          },
        };
      }),
    );
  },
  differ: ({ values }, current) =>
    values.flatMap((value) => {
      const known = current.values?.find(({ name }) => name === value.name);
      const path = `values.${value.name}`;
      if (!known) return [{ path, to: value.description ?? value.name }];
      return differences(value, known).map((each) => ({ ...each, path: `${path}.${each.path}` }));
    }),
  async create(context, { name, values }) {
    const { resourceId } = await context.api.post('/codes', { name });
    await writeValues(context, resourceId!, name, values);
    return resourceId;
  },
  update: (context, id, _changed, { name, values }) => writeValues(context, id, name, values),
});

/** Brings the code's values to what the file says; those that are right are not sent. */
async function writeValues(
  { api, ids }: WriteContext,
  codeId: number,
  code: string,
  values: readonly Value[],
) {
  const existing = await api.get<(ValueAnswer & { isActive?: boolean })[]>(`/codes/${codeId}/codevalues`);
  for (const { name, description, position, active } of values) {
    const body = {
      name,
      ...(description === undefined ? {} : { description }),
      ...(position === undefined ? {} : { position }),
      ...(active === undefined ? {} : { isActive: active }),
    };
    const known = existing.find((each) => each.name === name);
    if (!known) {
      const { subResourceId, resourceId } = (await api.post(`/codes/${codeId}/codevalues`, {
        isActive: true,
        ...body,
      })) as { subResourceId?: number; resourceId?: number };
      ids.set('codeValues', `${code}/${name}`, (subResourceId ?? resourceId)!);
    } else if (
      Object.entries(body).some(([key, each]) => (known as unknown as Record<string, unknown>)[key] !== each)
    ) {
      await api.put(`/codes/${codeId}/codevalues/${known.id}`, body);
    }
  }
}
