/** Registers the route table under one of the API's two base paths. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { runCommand } from '../command.ts';
import { type AnyCommand, type CommandResult, type RouteInput, Stream } from '../domain.ts';
import { unsupportedQueryValue } from '../errors.ts';
import type { StoredOutcome } from '../idempotency.ts';
import { type QueryOutcome, runQuery } from '../query.ts';
import type { Resources } from '../resources.ts';
import { type CommandRoute, type QueryRoute, type Route, selectCommand } from '../route-table.ts';
import { routeSchema } from './openapi.ts';
import { type Entry, enter } from './request-context.ts';

export interface ApiOptions {
  readonly routes: readonly Route[];
  readonly resources: Resources;
  readonly entry: Entry;
  /** `/api/v1` answers a creation with 201 and Location; Fineract's own path answers 200, as existing clients expect. */
  readonly announcesCreation: boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export async function apiPlugin(server: FastifyInstance, options: ApiOptions): Promise<void> {
  server.removeAllContentTypeParsers();
  // The text is kept: numbers are read exactly, and only after the permission is known.
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text),
  );
  for (const route of options.routes) {
    const shared = {
      url: route.path,
      onRequest: async (request: FastifyRequest) => enter(options.entry, request, route.path, false),
      schema: { ...routeSchema(route), hide: options.announcesCreation },
    };
    server.route(
      route.kind === 'query' ? queryRoute(route, options, shared) : commandRoute(route, options, shared),
    );
  }
}

type Shared = Pick<RouteOptions, 'url' | 'onRequest' | 'schema'>;

function queryRoute(route: QueryRoute, { resources }: ApiOptions, shared: Shared): RouteOptions {
  return {
    ...shared,
    method: route.method,
    handler: async (request, reply) => {
      const { tenant, user } = request;
      const bodyText = typeof request.body === 'string' ? request.body : '';
      const outcome = await runQuery(resources, route.query, {
        ...inputOf(request),
        tenant,
        user,
        bodyText,
      });
      return sendRead(outcome, request, reply);
    },
  };
}

function sendRead(
  { body, etag, cache }: QueryOutcome,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.header('cache-control', 'private, no-cache');
  if (body instanceof Stream) return reply.type(body.contentType).send(Readable.from(body.pieces));
  if (cache) reply.header('x-cache', cache);
  if (etag) reply.header('etag', etag);
  if (etag && request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type(JSON_TYPE).send(body);
}

function commandRoute(route: CommandRoute, options: ApiOptions, shared: Shared): RouteOptions {
  const bodyLimit = Math.max(...route.commands.map(({ bodyLimitBytes = 0 }) => bodyLimitBytes));
  return {
    ...shared,
    method: route.method,
    ...(bodyLimit > 0 ? { bodyLimit } : {}),
    handler: async (request, reply) => {
      const input = inputOf(request);
      const declaration = selectCommand(route, input.query['command']);
      if (!declaration) throw unsupportedQueryValue('command', input.query['command'] ?? '');
      return answer(declaration, options, request, reply, input);
    },
  };
}

async function answer(
  declaration: AnyCommand,
  options: ApiOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  input: RouteInput,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  const outcome = await runCommand(options.resources, declaration, {
    ...input,
    tenant: request.tenant,
    user: request.user,
    url: apiPath(request.url),
    bodyText: typeof request.body === 'string' ? request.body : '',
    idempotencyKey: typeof key === 'string' ? key : undefined,
    requestId: request.id,
  });
  if (outcome.repeated) reply.header('x-served-from-cache', 'true');
  if (declaration.accepted && outcome.status === 200)
    return accepted(declaration.accepted, request, reply, outcome);
  const created = options.announcesCreation && declaration.creates === true && outcome.status === 200;
  if (created) reply.header('location', locationOf(request.url, outcome.body));
  return reply
    .code(created ? 201 : outcome.status)
    .type(JSON_TYPE)
    .send(outcome.body);
}

/** 202 without a body, as Fineract answers what goes on in the background. */
function accepted(
  { location }: NonNullable<AnyCommand['accepted']>,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: StoredOutcome,
): FastifyReply {
  const base = request.url.slice(0, request.url.length - apiPath(request.url).length);
  if (location) reply.header('location', `${base}${location(JSON.parse(outcome.body) as CommandResult)}`);
  return reply.code(202).send();
}

function locationOf(url: string, body: string): string {
  const { resourceId } = JSON.parse(body) as { resourceId?: number | string };
  const path = url.replace(/\?.*$/, '').replace(/\/$/, '');
  return `${path}/${resourceId ?? ''}`;
}

/** The path below the version, the same for both base paths: what the audit log and idempotency compare. */
function apiPath(url: string): string {
  return url.replace(/^(\/fineract-provider)?\/api\/v1/, '');
}

function inputOf(request: FastifyRequest): RouteInput {
  const query = request.query as Record<string, string | string[] | undefined>;
  return {
    params: request.params as Record<string, string>,
    // A parameter sent twice counts once: the first, everywhere the same.
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  };
}
