import type { AddressInfo } from 'node:net';
import { gauge, httpServerOptions, type Logger, telemetryPlugin } from '@fineract-gitops/telemetry';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerApi } from './api.ts';
import type { InboxConfig } from './config.ts';
import { registerPages } from './page/routes.ts';
import { createSmtpServer } from './smtp.ts';
import { registerSns } from './sns.ts';
import { MessageStore } from './store.ts';

export interface Inbox {
  httpPort: number;
  smtpPort: number;
  close(): Promise<void>;
}

/** Starts the inbox: SMTP server, SNS endpoint, JSON API and page over one store. */
export async function startInbox(config: InboxConfig, logger: Logger): Promise<Inbox> {
  const store = await MessageStore.open({ directory: config.INBOX_DIR });
  gauge({
    name: 'inbox_messages',
    help: 'Messages that the inbox holds',
    collect() {
      this.set(store.count);
    },
  });
  const server = await buildHttpServer(store, logger);
  const smtp = createSmtpServer(store, logger);
  await new Promise<void>((listening, fail) => {
    smtp.once('error', fail);
    smtp.listen(config.INBOX_SMTP_PORT, config.INBOX_HOST, () => {
      smtp.off('error', fail);
      listening();
    });
  });
  await server.listen({ port: config.INBOX_HTTP_PORT, host: config.INBOX_HOST });
  return {
    httpPort: (server.server.address() as AddressInfo).port,
    smtpPort: (smtp.server.address() as AddressInfo).port,
    close: async () => {
      await Promise.all([server.close(), new Promise<void>((closed) => smtp.close(closed))]);
    },
  };
}

async function buildHttpServer(store: MessageStore, logger: Logger): Promise<FastifyInstance> {
  const server = Fastify({
    ...httpServerOptions(logger),
    bodyLimit: 256 * 1024,
    forceCloseConnections: true,
  });
  await server.register(telemetryPlugin, { service: 'inbox', quietRoutes: ['/healthz'] });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  server.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('content-security-policy')) {
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    }
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    reply.header('cache-control', 'no-store');
  });
  for (const path of ['/healthz/live', '/healthz/ready']) server.get(path, () => ({ status: 'UP' }));
  registerApi(server, store);
  registerSns(server, store);
  registerPages(server, store);
  return server;
}
