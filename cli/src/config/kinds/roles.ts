import Type from 'typebox';
import { nearest } from '../check-schema.ts';
import { item, type Static, text } from '../fields.ts';
import { kind, type WriteContext } from '../kind.ts';

const schema = item({
  name: text('Name of the role'),
  description: text('What people with this role do', 500),
  permissions: Type.Array(
    Type.String({ pattern: '^[A-Z0-9_]+$', description: 'A permission, such as READ_CLIENT' }),
    {
      description: 'All that the role may do; a permission that is not listed is taken away',
      uniqueItems: true,
    },
  ),
});
type Role = Static<typeof schema>;

interface Permissions {
  readonly permissionUsageData: readonly { readonly code: string; readonly selected: boolean }[];
}

export const roles = kind<Role>({
  name: 'roles',
  noun: 'role',
  schema,
  keyOf: ({ name }) => name,
  builtIn: ['Super user'],
  async read(api, items) {
    const existing = await api.get<{ id: number; name: string; description: string }[]>('/roles');
    return Promise.all(
      existing.map(async ({ id, name, description }) => {
        if (!items.some((item) => item.name === name)) return { id, item: { name, description } };
        const { permissionUsageData } = await api.get<Permissions>(`/roles/${id}/permissions`);
        const permissions = permissionUsageData.filter(({ selected }) => selected).map(({ code }) => code);
        return { id, item: { name, description, permissions } };
      }),
    );
  },
  async verify(api) {
    const known = (await api.get<{ code: string }[]>('/permissions')).map(({ code }) => code);
    return ({ permissions }) =>
      permissions.flatMap((code, index) => {
        if (known.includes(code)) return [];
        const near = nearest(code, known);
        const complaint = { path: ['permissions', index], reason: `The bank has no permission ${code}.` };
        return [near ? { ...complaint, fix: `Did you mean ${near}?` } : complaint];
      });
  },
  async create(context, { name, description, permissions }) {
    const { resourceId } = await context.api.post('/roles', { name, description });
    await setPermissions(context, resourceId!, permissions);
    return resourceId;
  },
  async update(context, id, { description, permissions }) {
    if (description !== undefined) await context.api.put(`/roles/${id}`, { description });
    if (permissions !== undefined) await setPermissions(context, id, permissions);
  },
});

/** Gives what is listed and takes the rest. */
async function setPermissions({ api }: WriteContext, roleId: number, permissions: readonly string[]) {
  const { permissionUsageData } = await api.get<Permissions>(`/roles/${roleId}/permissions`);
  const changed = permissionUsageData
    .map(({ code, selected }) => ({ code, selected, wanted: permissions.includes(code) }))
    .filter(({ selected, wanted }) => selected !== wanted);
  if (changed.length === 0) return;
  await api.put(`/roles/${roleId}/permissions`, {
    permissions: Object.fromEntries(changed.map(({ code, wanted }) => [code, wanted])),
  });
}
