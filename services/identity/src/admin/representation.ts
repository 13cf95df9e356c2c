import Type, { type Static } from 'typebox';
import type { UserChange } from '../store/user-administration.ts';
import type { User } from '../store/users.ts';

const text = Type.String({ maxLength: 255 });

/** Keycloak's credential, of which only passwords are known here. */
export const credentialSchema = Type.Object({
  type: Type.Literal('password'),
  value: Type.String({ minLength: 1, maxLength: 1024 }),
  temporary: Type.Optional(Type.Boolean()),
});

const fields = {
  email: Type.Optional(text),
  firstName: Type.Optional(text),
  lastName: Type.Optional(text),
  enabled: Type.Optional(Type.Boolean()),
  emailVerified: Type.Optional(Type.Boolean()),
  attributes: Type.Optional(Type.Record(text, Type.Array(Type.String({ maxLength: 2048 })))),
  requiredActions: Type.Optional(Type.Array(text)),
};
const username = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\s<>&"$%!#?;,:*~/\\\\]+$' });

/** Keycloak's UserRepresentation as far as it can be written. */
export const newUserSchema = Type.Object({
  ...fields,
  username,
  credentials: Type.Optional(Type.Array(credentialSchema, { maxItems: 1 })),
});
export const userChangeSchema = Type.Object({ ...fields, username: Type.Optional(username) });

export const rolesSchema = Type.Array(Type.Object({ name: text }), { maxItems: 100 });

export type NewUser = Static<typeof newUserSchema>;
export type Credential = Static<typeof credentialSchema>;

/** A user as Keycloak's Admin API shows one. */
export function represent(user: User): Record<string, unknown> {
  const { id, username, email, firstName, lastName, enabled, emailVerified, attributes, requiredActions } =
    user;
  return {
    id,
    username,
    ...(firstName === null ? {} : { firstName }),
    ...(lastName === null ? {} : { lastName }),
    ...(email === null ? {} : { email }),
    emailVerified,
    enabled,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    requiredActions,
  };
}

/** The fields of a representation that change a user; what else it carries is not for this call. */
export function toChange(body: Static<typeof userChangeSchema>): UserChange {
  const { username, email, firstName, lastName, enabled, emailVerified, attributes, requiredActions } = body;
  const change = {
    username,
    // As Keycloak does it: an empty address is none.
    email: email === '' ? null : email,
    firstName,
    lastName,
    enabled,
    emailVerified,
    attributes,
    requiredActions,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** Realm roles as Keycloak shows them; here a role's name is its id. */
export function representRole(name: string): Record<string, unknown> {
  return { id: name, name, composite: false, clientRole: false };
}
