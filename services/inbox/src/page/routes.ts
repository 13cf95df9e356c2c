import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MessageKind } from '../message.ts';
import type { MessageStore } from '../store.ts';
import { style } from './style.ts';
import { listPage, messagePage, notFoundPage } from './views.ts';

const pageSize = 50;
const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** Inside a mail: its own styles and embedded pictures, no script, no request to anyone. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

interface ListQuery {
  q?: string;
  kind?: string;
  to?: string;
  offset?: string;
}

/** The pages for people. */
export function registerPages(server: FastifyInstance, store: MessageStore): void {
  server.get('/style.css', (_, reply) => reply.type('text/css').send(style));

  server.get<{ Querystring: ListQuery }>('/', (request, reply) => {
    const { q, kind, to, offset: from } = request.query;
    const kinds: MessageKind[] = ['mail', 'sms'];
    const filter = { search: q?.trim(), to, kind: kinds.find((known) => known === kind) };
    const offset = Math.max(0, Number.parseInt(from ?? '0', 10) || 0);
    return sendPage(
      reply,
      listPage({ filter, limit: pageSize, offset, ...store.list(filter, pageSize, offset) }),
    );
  });

  server.get<{ Params: { id: string } }>('/messages/:id', (request, reply) => {
    const message = store.get(request.params.id);
    return message ? sendPage(reply, messagePage(message)) : sendPage(reply.code(404), notFoundPage());
  });

  server.get<{ Params: { id: string } }>('/messages/:id/html', (request, reply) => {
    const markup = store.get(request.params.id)?.html;
    if (markup === undefined) return sendPage(reply.code(404), notFoundPage());
    return reply.header('content-security-policy', mailPolicy).type('text/html; charset=utf-8').send(markup);
  });

  server.get<{ Params: { id: string; index: string } }>(
    '/messages/:id/attachments/:index',
    (request, reply) => {
      const attachment = store.get(request.params.id)?.attachments[Number(request.params.index)];
      if (!attachment) return sendPage(reply.code(404), notFoundPage());
      const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename.toWellFormed())}`;
      return reply
        .header('content-disposition', disposition)
        .type('application/octet-stream')
        .send(attachment.content);
    },
  );

  server.post('/messages/delete', async (request, reply) => {
    // Browsers say where a form comes from; another site's form may not empty the inbox.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin')
      return reply.code(403).send({ error: 'Not from another site' });
    await store.clear();
    return reply.redirect('/', 303);
  });
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(page);
}
