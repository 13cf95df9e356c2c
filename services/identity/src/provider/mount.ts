import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { endpointPaths } from './configuration.ts';

type Route = readonly [method: 'GET' | 'POST', path: string];

const { authorization, token, jwks, end_session: logout, revocation, introspection } = endpointPaths;

/** Every address of the protocol library that is reachable; all others are none. */
const routes: readonly Route[] = [
  ['GET', '/.well-known/openid-configuration'],
  ['GET', authorization],
  ['POST', authorization],
  ['GET', `${authorization}/:uid`],
  ['POST', token],
  ['GET', jwks],
  ['GET', logout],
  ['POST', logout],
  ['POST', `${logout}/confirm`],
  ['GET', `${logout}/success`],
  ['POST', revocation],
  ['POST', introspection],
];

/** Serves the protocol library below the realm's path. */
export async function mountProvider(
  server: FastifyInstance,
  { provider, issuer }: { provider: Provider; issuer: string },
): Promise<void> {
  const { pathname, host, protocol } = new URL(issuer);
  const handle = provider.callback();
  server.removeAllContentTypeParsers();
  // The library reads bodies itself.
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const { raw } = request;
    // Addresses in answers come from the issuer, whatever host a client claims to have called.
    raw.headers.host = host;
    raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete raw.headers['x-forwarded-host'];
    Object.assign(raw, { originalUrl: raw.url, url: raw.url?.slice(pathname.length) });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    await handle(raw, reply.raw);
  };
  for (const [method, path] of routes)
    server.route({ method, url: pathname + path, handler, exposeHeadRoute: false });
}
