import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messagePage } from './pages/message.ts';

/** One place that turns failures into answers: pages for people, JSON for programs, details only in the log. */
export function handleErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const statusCode = error.statusCode ?? 500;
    if (statusCode >= 500) request.log.error({ err: error }, 'request failed');
    const text =
      statusCode >= 500 ? 'Something failed on our side. Try again in a moment.' : sentence(error.message);
    return answer(request, reply.code(statusCode), text);
  });
  server.setNotFoundHandler((request, reply) =>
    answer(request, reply.code(404), 'There is nothing at this address.'),
  );
}

function answer(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  if (!request.headers.accept?.includes('text/html')) return reply.send({ error: text });
  return reply
    .type('text/html; charset=utf-8')
    .send(messagePage({ title: 'This did not work', text, detail: `Request ${request.id}` }));
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}
