import type { FastifyInstance } from 'fastify';
import type { Message, MessageKind } from './message.ts';
import type { MessageStore } from './store.ts';

interface ListQuery {
  to?: string;
  kind?: MessageKind;
  q?: string;
  limit: number;
  offset: number;
}

const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    to: { type: 'string' },
    kind: { enum: ['mail', 'sms'] },
    q: { type: 'string' },
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    offset: { type: 'integer', minimum: 0, default: 0 },
  },
};

/** The JSON API, for tests and scripts. */
export function registerApi(server: FastifyInstance, store: MessageStore): void {
  server.get<{ Querystring: ListQuery }>(
    '/api/messages',
    { schema: { querystring: listQuery } },
    (request) => {
      const { to, kind, q, limit, offset } = request.query;
      const { total, messages } = store.list({ to, kind, search: q }, limit, offset);
      return { total, messages: messages.map(toJson) };
    },
  );

  server.get<{ Params: { id: string } }>('/api/messages/:id', async (request, reply) => {
    const message = store.get(request.params.id);
    if (!message) return reply.code(404).send({ error: `There is no message ${request.params.id}` });
    return toJson(message);
  });

  server.delete('/api/messages', async () => ({ deleted: await store.clear() }));
}

/** Attachments are listed by name and size; their bytes have an address of their own. */
function toJson(message: Message) {
  const attachments = message.attachments.map(({ filename, contentType, content }, index) => ({
    filename,
    contentType,
    size: content.length,
    href: `/messages/${message.id}/attachments/${index}`,
  }));
  return { ...message, attachments };
}
