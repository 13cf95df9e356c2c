import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, httpServerOptions, telemetryPlugin } from './index.ts';

let server: FastifyInstance;
let lines: string[];
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(async () => {
  lines = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ service: 'test', level: 'info', destination });
  server = Fastify(httpServerOptions(logger));
  await server.register(telemetryPlugin, { service: 'test', quietRoutes: ['/healthz'] });
  server.get('/clients/:clientId', async (request) => {
    request.log.info('reading');
    return { traceId: request.traceId, traceparent: request.traceparent };
  });
  server.get('/healthz/ready', async () => 'ok');
  server.get('/broken', async () => {
    throw new Error('broken', {
      cause: Object.assign(new Error('inner'), { detail: 'Key (email)=(a@b.c)' }),
    });
  });
  server.get('/slow', () => sleep(10_000, 'late', { ref: false }));
});
afterEach(() => server.close());

describe('request id', () => {
  it('is the caller’s when safe, and is on the response and every log line', async () => {
    const answer = await server.inject({ url: '/clients/42', headers: { 'x-request-id': 'abc-123' } });
    expect(answer.headers['x-request-id']).toBe('abc-123');
    expect(logged().map((line) => [line['msg'], line['requestId']])).toEqual([
      ['reading', 'abc-123'],
      ['request', 'abc-123'],
    ]);
  });

  it.each(['a b', 'x'.repeat(129), 'a\tb', '<script>', ''])('is new when %j was sent', async (given) => {
    const answer = await server.inject({ url: '/clients/42', headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('trace', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('continues the caller’s with a span of its own', async () => {
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const answer = await server.inject({ url: '/clients/42', headers: { traceparent } });
    expect(answer.json().traceId).toBe(traceId);
    expect(answer.json().traceparent).toMatch(
      new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[\\da-f]{16}-01$`),
    );
    expect(logged().every((line) => line['traceId'] === traceId)).toBe(true);
  });

  it.each([`ff-${traceId}-00f067aa0ba902b7-01`, `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'nonsense'])(
    'is new when %s was sent',
    async (traceparent) => {
      const answer = await server.inject({ url: '/clients/42', headers: { traceparent } });
      expect(answer.json().traceId).toMatch(/^[\da-f]{32}$/);
      expect(answer.json().traceId).not.toBe(traceId);
    },
  );
});

describe('log line and metric', () => {
  it('show the route pattern, never the URL', async () => {
    await server.inject('/clients/42?name=Alice');
    await server.inject('/no/such/place/Bob?q=Carol');
    expect(logged().filter((line) => line['msg'] === 'request')).toMatchObject([
      { level: 'info', service: 'test', method: 'GET', route: '/clients/:clientId', status: 200 },
      { method: 'GET', route: 'unmatched', status: 404 },
    ]);
    expect(lines.join('')).not.toMatch(/Alice|Bob|Carol|clients\/42/);
    const { body } = await server.inject('/metrics');
    expect(body).toContain('process_resident_memory_bytes{service="test"}');
    expect(body).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*route="\/clients\/:clientId"[^}]*status_code="200"[^}]*\} \d/,
    );
    expect(body).not.toMatch(/Alice|Bob|clients\/42/);
  });

  it('leave probes and scrapes out at level info', async () => {
    await server.inject('/healthz/ready');
    await server.inject('/metrics');
    expect(lines).toEqual([]);
  });

  it('show an error with its cause and without what a driver attached to it', async () => {
    expect((await server.inject('/broken')).statusCode).toBe(500);
    const error = logged().find((line) => line['level'] === 'error');
    expect(error).toMatchObject({
      req: { route: '/broken' },
      err: { message: 'broken', cause: { message: 'inner' } },
    });
    expect(lines.join('')).not.toContain('a@b.c');
  });

  it('note a caller who went away as 499, once', async () => {
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const call = httpRequest({ host: '127.0.0.1', port, path: '/slow' }).end();
    call.on('error', () => {});
    await once(server.server, 'request');
    call.destroy();
    await expect
      .poll(() => logged().filter((line) => line['msg'] === 'request'))
      .toMatchObject([{ status: 499 }]);
  });
});
