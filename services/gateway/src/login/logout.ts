import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { RefusalError, refusals } from '../http/errors.ts';
import { sendPage } from '../http/page.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import { formTargets, type LoginTools } from './tools.ts';

/**
 * `POST /logout` from the bank's own pages ends the session here and leads to the identity service, which ends its own
 * and leads back. `GET /logout` does the same for a link of our pages or a typed address, and asks first otherwise.
 */
export async function logoutRoutes(server: FastifyInstance, tools: LoginTools): Promise<void> {
  const { config } = tools;
  server.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  server.post('/logout', async (request, reply) => {
    if (!isSameOrigin(request.headers, config.publicOrigin)) throw new RefusalError(refusals.crossSite);
    return signOut(tools, request, reply);
  });
  server.get('/logout', async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    if (site === 'same-origin' || site === 'none') return signOut(tools, request, reply);
    const page = { statusCode: 200, title: 'Sign out?', text: 'Do you want to sign out of the bank?' };
    return sendPage(
      reply,
      { ...page, action: { label: 'Sign out', href: '/logout', method: 'post' } },
      formTargets(config),
    );
  });
}

async function signOut(
  tools: LoginTools,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = await tools.sessions.end(request, reply);
  request.log.info({ event: 'logout' }, 'signed out');
  reply.header('cache-control', 'no-store').header('clear-site-data', '"cache"');
  const next = session === null ? '/' : await endSessionUrl(tools, session.idToken);
  if (next === null) {
    const text =
      'You are signed out here. The sign-in service did not answer, so sign out there too before you leave.';
    return sendPage(reply, {
      statusCode: 200,
      title: 'Signed out',
      text,
      action: { label: 'Sign in again', href: '/' },
    });
  }
  // A script cannot follow a redirect to another origin; it gets the address instead.
  const wantsJson = request.headers.accept?.includes('application/json') ?? false;
  return wantsJson ? reply.send({ location: next }) : reply.redirect(next, 303);
}

async function endSessionUrl({ config, identity }: LoginTools, idToken: string): Promise<string | null> {
  try {
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: `${config.publicOrigin}/` };
    return oidc.buildEndSessionUrl(await identity(), parameters).href;
  } catch (error) {
    if (error instanceof RefusalError) return null;
    throw error;
  }
}
