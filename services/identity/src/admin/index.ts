import { randomUUID } from 'node:crypto';
import { type Database, uniqueViolation } from '@fineract-gitops/db';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import type { AccessTokenReader } from '../provider/access-tokens.ts';
import { passwordProblems } from '../realm/password-policy.ts';
import type { Realm } from '../realm/schema.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { countUsers, listUsers, type UserQuery, updateUser } from '../store/user-administration.ts';
import { findUser, insertUser, setPassword } from '../store/users.ts';
import { requireRole } from './authorize.ts';
import {
  type Credential,
  credentialSchema,
  type NewUser,
  newUserSchema,
  represent,
  toChange,
  userChangeSchema,
} from './representation.ts';
import { roleMappingRoutes } from './role-mappings.ts';

export type AdminOptions = {
  database: Database;
  realm: Realm;
  issuer: string;
  readAccessToken: AccessTokenReader;
};

const querySchema = Type.Object({
  username: Type.Optional(Type.String()),
  exact: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String()),
  first: Type.Integer({ minimum: 0, default: 0 }),
  max: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
const idSchema = Type.Object({ id: Type.String({ format: 'uuid' }) });
type WithId = { Params: { id: string } };

/**
 * The part of Keycloak's Admin REST API by which Fineract's users are kept in step: find, create, change, disable, set
 * passwords and roles, end sessions.
 */
export async function adminRoutes(server: FastifyInstance, options: AdminOptions): Promise<void> {
  const { database, realm, issuer, readAccessToken } = options;
  const users = `/admin/realms/${realm.realm}/users`;
  const view = { preValidation: requireRole(readAccessToken, 'view-users') };
  const manage = { preValidation: requireRole(readAccessToken, 'manage-users') };
  await server.register(roleMappingRoutes, { database, realm, users, view, manage });

  server.get<{ Querystring: UserQuery }>(
    users,
    { ...view, schema: { querystring: querySchema } },
    async ({ query }) => (await listUsers(database, query)).map(represent),
  );
  server.get<{ Querystring: UserQuery }>(
    `${users}/count`,
    { ...view, schema: { querystring: querySchema } },
    async ({ query }, reply) => reply.send(JSON.stringify(await countUsers(database, query))),
  );
  server.get<WithId>(`${users}/:id`, { ...view, schema: { params: idSchema } }, async ({ params }, reply) => {
    const user = await findUser(database, params.id);
    return user === null ? notFound(reply) : represent(user);
  });
  server.post<{ Body: NewUser }>(
    users,
    { ...manage, schema: { body: newUserSchema } },
    async ({ body }, reply) => {
      const [credential] = body.credentials ?? [];
      const problem = credential && problemOf(realm, credential, body.username);
      if (problem) return refusePassword(reply, problem);
      const id = randomUUID();
      if ((await insertUser(database, body, id)) === 0) return taken(reply);
      return reply
        .code(201)
        .header('location', new URL(`${users}/${id}`, issuer).href)
        .send();
    },
  );
  server.put<WithId & { Body: Static<typeof userChangeSchema> }>(
    `${users}/:id`,
    { ...manage, schema: { params: idSchema, body: userChangeSchema } },
    async ({ params, body }, reply) => {
      try {
        if (!(await updateUser(database, params.id, toChange(body)))) return notFound(reply);
      } catch (error) {
        if (uniqueViolation(error) !== null) return taken(reply);
        throw error;
      }
      if (body.enabled === false) await endSessionsOf(database, params.id);
      return reply.code(204).send();
    },
  );
  server.put<WithId & { Body: Credential }>(
    `${users}/:id/reset-password`,
    { ...manage, schema: { params: idSchema, body: credentialSchema } },
    async ({ params, body }, reply) => {
      const user = await findUser(database, params.id);
      if (user === null) return notFound(reply);
      const problem = problemOf(realm, body, user.username);
      if (problem !== null) return refusePassword(reply, problem);
      await setPassword(database, user.id, body.value, body.temporary ?? false);
      // Whoever knew the old password must not stay signed in by it.
      await endSessionsOf(database, user.id);
      return reply.code(204).send();
    },
  );
  server.post<WithId>(
    `${users}/:id/logout`,
    { ...manage, schema: { params: idSchema } },
    async ({ params }, reply) => {
      await endSessionsOf(database, params.id);
      return reply.code(204).send();
    },
  );
}

function problemOf(realm: Realm, { value }: Credential, username: string): string | null {
  const problems = passwordProblems(realm.passwordPolicy, value, username);
  return problems.length === 0 ? null : `The password ${problems.join(', and ')}.`;
}

function refusePassword(reply: FastifyReply, description: string): FastifyReply {
  return reply.code(400).send({ error: 'invalidPasswordMessage', error_description: description });
}

function taken(reply: FastifyReply): FastifyReply {
  return reply.code(409).send({ errorMessage: 'User exists with same username' });
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'User not found' });
}
