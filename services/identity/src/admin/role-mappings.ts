import type { Database } from '@fineract-gitops/db';
import type { FastifyInstance, preValidationAsyncHookHandler } from 'fastify';
import type { Realm } from '../realm/schema.ts';
import { changeRealmRoles } from '../store/user-administration.ts';
import { findUser } from '../store/users.ts';
import { representRole, rolesSchema } from './representation.ts';

type Guard = { preValidation: preValidationAsyncHookHandler };
type Options = { database: Database; realm: Realm; users: string; view: Guard; manage: Guard };
type ById = { Params: { id: string } };
type Roles = ById & { Body: { name: string }[] };

const params = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };

/** The realm roles of a user: those there are, those there could be, giving and taking. */
export async function roleMappingRoutes(server: FastifyInstance, options: Options): Promise<void> {
  const { database, realm, users, view, manage } = options;
  const names = realm.roles.realm.map(({ name }) => name);
  const url = `${users}/:id/role-mappings/realm`;
  const notFound = { error: 'User not found' };

  server.get<ById>(url, { ...view, schema: { params } }, async (request, reply) => {
    const user = await findUser(database, request.params.id);
    return user === null ? reply.code(404).send(notFound) : user.realmRoles.map(representRole);
  });
  server.get<ById>(`${url}/available`, { ...view, schema: { params } }, async (request, reply) => {
    const user = await findUser(database, request.params.id);
    if (user === null) return reply.code(404).send(notFound);
    return names.filter((name) => !user.realmRoles.includes(name)).map(representRole);
  });
  for (const method of ['POST', 'DELETE'] as const) {
    server.route<Roles>({
      method,
      url,
      ...manage,
      schema: { params, body: rolesSchema },
      handler: async (request, reply) => {
        const user = await findUser(database, request.params.id);
        if (user === null) return reply.code(404).send(notFound);
        const roles = request.body.map(({ name }) => name);
        if (roles.some((role) => !names.includes(role)))
          return reply.code(404).send({ error: 'Role not found' });
        await changeRealmRoles(
          database,
          user.id,
          method === 'POST' ? { add: roles, remove: [] } : { add: [], remove: roles },
        );
        return reply.code(204).send();
      },
    });
  }
}
