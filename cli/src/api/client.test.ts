import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Decimal } from '@fineract-gitops/money';
import { afterEach, describe, expect, test } from 'vitest';
import { createApi, type FineractApi } from './client.ts';
import { ApiRefusal } from './errors.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A bank that answers the first request with the first answer, and so on; the last answers the rest. */
async function bankThat(
  ...answers: Answer[]
): Promise<{ api: FineractApi; requests: IncomingMessage[]; bodies: string[] }> {
  const requests: IncomingMessage[] = [];
  const bodies: string[] = [];
  server = createServer(async (request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push(request);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    bodies.push(body);
    answer(request, response, body);
  });
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const login = { username: 'jo', password: 'secret' };
  return { api: createApi({ url: `http://127.0.0.1:${port}`, tenant: 'default', login }), requests, bodies };
}

const hangUp: Answer = (request) => request.socket.destroy();
const done: Answer = (_request, response) => response.end('{"resourceId":7}');
const answering =
  (status: number, body: string): Answer =>
  (_request, response) => {
    response.writeHead(status).end(body);
  };

describe('writes', () => {
  test('with a key are sent again, the same, until they are answered', async () => {
    const { api, requests, bodies } = await bankThat(hangUp, answering(503, ''), done);
    expect(await api.post('/clients', { a: 1 }, { idempotencyKey: 'k1' })).toEqual({ resourceId: 7 });
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1', 'k1']);
    expect(new Set(bodies)).toEqual(new Set(['{"a":1}']));
  });

  test('without a key are sent once, for they may have happened', async () => {
    const { api, requests } = await bankThat(hangUp, done);
    await expect(api.post('/clients', {})).rejects.toThrow(
      /does not answer \(POST \/clients: .*\)\. Start it/,
    );
    expect(requests).toHaveLength(1);
  });

  test('carry tenant, login and exact amounts', async () => {
    const { api, requests, bodies } = await bankThat(done);
    await api.post('/x', { amount: new Decimal('1234567890123.456789') });
    expect(bodies[0]).toBe('{"amount":1234567890123.456789}');
    expect(requests[0]?.headers).toMatchObject({
      'fineract-platform-tenantid': 'default',
      authorization: `Basic ${btoa('jo:secret')}`,
    });
    expect(requests[0]?.url).toBe('/fineract-provider/api/v1/x');
  });
});

test('reads keep every digit when asked to', async () => {
  const { api } = await bankThat(answering(200, '{"id":3,"balance":1234567890123.456789}'));
  const { id, balance } = await api.getExact<{ id: number; balance: Decimal }>('/x');
  expect(id).toBe(3);
  expect(balance.toFixed()).toBe('1234567890123.456789');
});

describe('refusals are one sentence, and are not repeated', () => {
  const inner = (message: string, parameterName = 'id') => ({
    defaultUserMessage: message,
    parameterName,
    userMessageGlobalisationCode: 'error.msg.inner',
  });
  test.each<[string, number, string, string]>([
    [
      'with every reason inside',
      400,
      JSON.stringify({
        defaultUserMessage: 'See errors.',
        errors: [inner('No name.', 'name'), inner('No day.')],
      }),
      'POST /x: No name. No day. (HTTP 400, error.msg.inner)',
    ],
    ['with the outer reason', 403, '{"defaultUserMessage":"Not you."}', 'POST /x: Not you. (HTTP 403)'],
    [
      'without a body',
      401,
      '',
      'POST /x: The bank did not accept the user name and password, or the token. (HTTP 401)',
    ],
    [
      'with a page of somebody else',
      404,
      '<html>',
      'POST /x: The bank has no such operation or record. (HTTP 404)',
    ],
  ])('%s', async (_what, status, body, message) => {
    const { api, requests } = await bankThat(answering(status, body));
    const refusal = await api.post('/x', {}, { idempotencyKey: 'k' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiRefusal);
    expect((refusal as ApiRefusal).message).toBe(message);
    expect(requests).toHaveLength(1);
  });
});

test('an address that is none is refused with an example', () => {
  const options = { tenant: 'default', login: { token: 't' } };
  expect(() => createApi({ url: 'bank', ...options })).toThrow(
    'bank is not an address. Write it like http://localhost:8080.',
  );
});
