import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleRoutes } from './console.ts';
import { readRequestPath } from './http/request-path.ts';
import type { SessionManager } from './sessions/manager.ts';
import { testConfig } from './testing/gateway.ts';

let directory: string;
let server: FastifyInstance;
const page = (path: string, headers: Record<string, string> = {}) =>
  server.inject({ url: path, headers: { accept: 'text/html', ...headers } });
const signedIn = { cookie: 'signed=in' };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><script nonce="__CSP_NONCE__" src="/assets/a.js">',
  );
  await writeFile(join(directory, 'assets', 'app-1a2b.js'), 'run()');
  await writeFile(join(directory, 'favicon.svg'), '<svg/>');
  await writeFile(join(directory, '.hidden.txt'), 'secret');
  // The console asks a session manager only whether somebody is signed in.
  const sessions = { use: async ({ headers }: { headers: { cookie?: string } }) => headers.cookie ?? null };
  server = Fastify();
  server.decorateRequest('decodedPath', '');
  server.addHook('onRequest', async (request) => {
    request.decodedPath = readRequestPath(request.raw.url ?? '') ?? '/';
  });
  const options = {
    config: testConfig({ GATEWAY_CONSOLE_DIR: directory }),
    sessions: sessions as unknown as SessionManager,
  };
  await server.register(consoleRoutes, options);
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

describe('the console', () => {
  it('sends strangers to sign in and back', async () => {
    const { statusCode, headers } = await page('/clients/7?tab=notes');
    expect([statusCode, headers.location]).toEqual([
      302,
      '/auth/login?returnTo=%2Fclients%2F7%3Ftab%3Dnotes',
    ]);
  });

  it('serves its page at every address, never cached, with a nonce of its own each time', async () => {
    const [first, second] = [await page('/', signedIn), await page('/clients/7', signedIn)];
    const nonceOf = (body: string) => /nonce="([^"]+)"/.exec(body)?.[1] ?? '';
    expect(nonceOf(first.body)).not.toBe(nonceOf(second.body));
    expect(first.headers['content-security-policy']).toContain(`'nonce-${nonceOf(first.body)}'`);
    expect(first.headers['content-security-policy']).toContain("script-src 'self';");
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('serves built parts to everybody, those named by content for a year', async () => {
    const asset = await page('/assets/app-1a2b.js');
    expect([asset.statusCode, asset.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect((await page('/favicon.svg')).headers['cache-control']).toBe('public, max-age=0');
  });

  it.each(['/assets/missing.js', '/.hidden.txt', '/assets/../../../etc/passwd.txt'])(
    'has nothing for %s',
    async (path) => {
      const answer = await page(path, signedIn);
      expect([answer.statusCode, /secret|root:|<script/.test(answer.body)]).toEqual([404, false]);
    },
  );

  it('does not give its page away under its file name', async () => {
    expect((await page('/index.html')).statusCode).toBe(302);
  });

  it('answers programs in JSON', async () => {
    const answer = await server.inject({
      url: '/no/such/api',
      headers: { accept: 'application/json', ...signedIn },
    });
    expect([answer.statusCode, answer.json().httpStatusCode]).toEqual([404, '404']);
  });
});
