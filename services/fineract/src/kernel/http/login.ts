/** `POST /authentication`: Fineract's login, which answers who the user is and the Basic key for later calls. */
import type { FastifyInstance } from 'fastify';
import { validationFailed } from '../errors.ts';
import { body, f, type JsonObject, parseJsonBody, readBody } from '../fields/index.ts';
import type { AuthenticatedUser } from '../user.ts';
import type { ApiOptions } from './api.ts';
import { enter } from './request-context.ts';

/** Operations that stand here and not in a domain, for the coverage tool. */
export const authenticationOperations = [
  { method: 'POST', path: '/authentication' },
  { method: 'GET', path: '/userdetails' },
] as const;

const loginBody = body('authentication', {
  username: f.text({ required: true, maxLength: 100 }),
  password: f.text({ required: true, maxLength: 200, secret: true }),
});

export async function loginPlugin(server: FastifyInstance, options: ApiOptions): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text),
  );
  server.route({
    method: 'POST',
    url: '/authentication',
    onRequest: async (request) => enter(options.entry, request, '/authentication', true),
    schema: { summary: 'Log in', tags: ['authentication'], hide: options.announcesCreation },
    handler: async (request) => {
      const { basic } = options.entry.authenticators;
      const json = parseJsonBody(typeof request.body === 'string' ? request.body : '') as JsonObject;
      const { username, password } = readBody(loginBody, json);
      if (!basic) throw validationFailed([]);
      const user = await basic.authenticate(request.tenant, username, password);
      return {
        ...userBody(user),
        base64EncodedAuthenticationKey: Buffer.from(`${username}:${password}`).toString('base64'),
      };
    },
  });
  server.route({
    method: 'GET',
    url: '/userdetails',
    onRequest: async (request) => enter(options.entry, request, '/userdetails', false),
    schema: { summary: 'Who is logged in', tags: ['authentication'], hide: options.announcesCreation },
    handler: async (request) => userBody(request.user),
  });
}

function userBody(user: AuthenticatedUser): Record<string, unknown> {
  return {
    username: user.username,
    userId: user.id,
    authenticated: true,
    officeId: user.officeId,
    officeName: user.officeName,
    ...(user.staffId === null ? {} : { staffId: user.staffId, staffDisplayName: user.staffDisplayName }),
    roles: user.roles,
    permissions: [...user.permissions].sort(),
    shouldRenewPassword: false,
    isTwoFactorAuthenticationRequired: false,
  };
}
