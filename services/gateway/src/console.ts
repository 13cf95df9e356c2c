import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.ts';
import { refusals, sendRefusal } from './http/errors.ts';
import { sendPage } from './http/page.ts';
import { formTargets } from './login/index.ts';
import { isNavigation } from './proxy/authenticate.ts';
import type { SessionManager } from './sessions/manager.ts';

/** Stands in the built page where the nonce of each answer goes (Vite: `html.cspNonce`). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const YEAR_MS = 365 * 86_400_000;

export type ConsoleOptions = { config: Config; sessions: SessionManager };

/**
 * The console's files at the root: its parts for everybody, its page (at every address without a file ending) only for
 * people who are signed in.
 */
export async function consoleRoutes(
  server: FastifyInstance,
  { config, sessions }: ConsoleOptions,
): Promise<void> {
  const { consoleDirectory: directory } = config;
  if (directory !== undefined)
    await server.register(fastifyStatic, { root: directory, serve: false, dotfiles: 'ignore' });
  server.get('/*', async (request, reply) => {
    if (directory !== undefined && isFile(request.decodedPath)) return sendFile(request, reply);
    if (!isNavigation(request)) return sendRefusal(reply, refusals.notFound);
    if ((await sessions.use(request, reply)) === null) {
      return reply.redirect(`/auth/login?${new URLSearchParams({ returnTo: request.url })}`, 302);
    }
    return directory === undefined ? showNoConsole(reply) : sendIndex(config, directory, reply);
  });
}

// The page itself goes out only with its nonce and to people who are signed in.
function isFile(path: string): boolean {
  return /\.[a-z0-9]+$/i.test(path) && !/\.html$/i.test(path);
}

function sendFile({ decodedPath }: FastifyRequest, reply: FastifyReply): FastifyReply {
  // Vite names what it builds by content; everything else is asked for again.
  const immutable = decodedPath.startsWith('/assets/');
  return reply.sendFile(decodedPath.slice(1), immutable ? { immutable, maxAge: YEAR_MS } : { maxAge: 0 });
}

async function sendIndex(config: Config, directory: string, reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(join(directory, 'index.html'), 'utf8').catch(() => null);
  if (page === null) return showNoConsole(reply);
  const nonce = randomBytes(18).toString('base64');
  return reply
    .headers({ 'content-security-policy': policy(config, page, nonce), 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
}

function policy(config: Config, page: string, nonce: string): string {
  // Component libraries add style elements at run time; they can take the nonce from the page.
  const styles = page.includes(NONCE_PLACEHOLDER) ? `'nonce-${nonce}'` : "'unsafe-inline'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${formTargets(config).join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function showNoConsole(reply: FastifyReply): FastifyReply {
  return sendPage(reply, {
    statusCode: 404,
    title: 'There is no console here',
    text: 'The console is not built or GATEWAY_CONSOLE_DIR does not name its folder. The API works without it.',
    action: { label: 'Browse the API', href: '/fineract-provider/swagger-ui/' },
  });
}
