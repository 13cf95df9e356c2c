/** The limit for reads: Fastify with one route that returns given bytes, in a process of its own. */
import Fastify from 'fastify';

const [, , port = '0', text = ''] = process.argv;
const server = Fastify({ logger: false });
server.get('/', async (_request, reply) => reply.type('application/json; charset=utf-8').send(text));
await server.listen({ host: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => void server.close());
