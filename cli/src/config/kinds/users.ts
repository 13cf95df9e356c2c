import Type from 'typebox';
import { item, names, optional, type Static, text } from '../fields.ts';
import { kind, restWrites, SECRET_PATTERN, when } from '../kind.ts';

const schema = item({
  username: text('Name with which they log in'),
  firstname: text('First name'),
  lastname: text('Last name'),
  email: optional(Type.String({ description: 'Address for messages', format: 'email' })),
  office: text('Name of the office whose data, and that of all offices below it, they see'),
  staff: optional(text('The member of the staff that they are, as "Last name, First name"')),
  roles: names('Names of their roles'),
  password: Type.String({
    description: `The name of an environment variable that holds the first password, as \${DEMO_PASSWORD}; never the password itself. It is sent when the user is created and never afterwards`,
    pattern: SECRET_PATTERN.source,
    writeOnly: true,
  }),
});
type User = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email?: string;
  readonly officeName: string;
  readonly staff?: { readonly displayName?: string };
  readonly selectedRoles: readonly { readonly name: string }[];
}

export const users = kind<User>({
  name: 'users',
  noun: 'user',
  schema,
  keyOf: ({ username }) => username,
  writeOnly: ['password'],
  references: ({ office, staff, roles }) => [
    { kind: 'offices', key: office, path: ['office'] },
    staff !== undefined && { kind: 'staff', key: staff, path: ['staff'] },
    ...roles.map((key, index) => ({ kind: 'roles', key, path: ['roles', index] })),
  ],
  read: async (api) =>
    (await api.get<Answer[]>('/users')).map((answer) => ({
      id: answer.id,
      item: {
        username: answer.username,
        firstname: answer.firstname,
        lastname: answer.lastname,
        office: answer.officeName,
        roles: answer.selectedRoles.map(({ name }) => name),
        ...(answer.email === undefined ? {} : { email: answer.email }),
        ...(answer.staff?.displayName === undefined ? {} : { staff: answer.staff.displayName }),
      },
    })),
  ...restWrites<User>('/users', (item, { ids, secret }) => ({
    username: item.username,
    firstname: item.firstname,
    lastname: item.lastname,
    email: item.email,
    officeId: when(item.office, (name) => ids.of('offices', name)),
    staffId: when(item.staff, (name) => ids.of('staff', name)),
    roles: when(item.roles, (names) => ids.ofEach('roles', names)),
    ...(item.password === undefined
      ? {}
      : {
          password: secret(item.password),
          repeatPassword: secret(item.password),
          sendPasswordToEmail: false,
        }),
  })),
});
