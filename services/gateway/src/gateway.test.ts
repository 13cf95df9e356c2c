import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestCore, type TestCore } from './testing/core.ts';
import { nowhere, startTestGateway, type TestGateway } from './testing/gateway.ts';
import { startTestIssuer, type TestIssuer } from './testing/issuer.ts';
import { sendRaw } from './testing/raw-http.ts';

let core: TestCore;
let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  [core, issuer] = await Promise.all([startTestCore(), startTestIssuer()]);
  gateway = await startTestGateway({
    ...core.environment,
    OIDC_ISSUER: issuer.issuer,
    GATEWAY_BASIC_AUTH_ENABLED: 'true',
    GATEWAY_UPSTREAM_TIMEOUT_SECONDS: '1',
  });
});
beforeEach(() => core.received.splice(0));
afterAll(async () => {
  await gateway.close();
  await Promise.all([core.close(), issuer.close()]);
});

const call = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(gateway.url + path, { redirect: 'manual', ...init, headers });
const bearer = async (...parameters: Parameters<TestIssuer['token']>) => ({
  authorization: `Bearer ${await issuer.token(...parameters)}`,
});

describe('Basic and nobody', () => {
  const basic = { authorization: `Basic ${Buffer.from('teller:password').toString('base64')}` };

  it('passes through where it is allowed, without the identity service', async () => {
    const alone = await startTestGateway({ ...core.environment, GATEWAY_BASIC_AUTH_ENABLED: 'true' });
    expect((await fetch(`${alone.url}/api/v1/clients`, { headers: basic })).status).toBe(200);
    expect(core.last().headers.authorization).toBe(basic.authorization);
    const login = await fetch(`${alone.url}/fineract-provider/api/v1/authentication`, {
      method: 'POST',
      body: '{}',
    });
    expect(login.status).toBe(200);
    expect(core.last().instance).toBe('write');
    const authorization = `Bearer ${await issuer.token()}`;
    expect((await fetch(`${alone.url}/api/v1/clients`, { headers: { authorization } })).status).toBe(503);
    expect((await fetch(`${alone.url}/auth/login`, { redirect: 'manual' })).status).toBe(503);
    expect((await fetch(`${alone.url}/healthz/ready`)).status).toBe(200);
    await alone.close();
  });

  it('is refused where it is not', async () => {
    const strict = await startTestGateway(core.environment);
    expect((await fetch(`${strict.url}/api/v1/clients`, { headers: basic })).status).toBe(401);
    const login = await fetch(`${strict.url}/api/v1/authentication`, { method: 'POST', body: '{}' });
    expect(login.status).toBe(401);
    expect(core.received).toHaveLength(0);
    await strict.close();
  });

  it('programs get 401 in JSON, people the login page with the way back', async () => {
    const program = await call('/api/v1/clients', { accept: 'application/json' });
    expect([program.status, program.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="Fineract"',
    ]);
    const script = await call('/api/v1/clients', { accept: 'text/html', 'sec-fetch-mode': 'cors' });
    expect(script.status).toBe(401);
    const target = '/fineract-provider/swagger-ui/?x=1';
    const person = ['Host: h', 'Accept: text/html', 'Sec-Fetch-Mode: navigate', 'Connection: close', ''];
    const { text } = await sendRaw(gateway.port, [`GET ${target} HTTP/1.1`, ...person]);
    expect(text).toContain(`location: /auth/login?returnTo=${encodeURIComponent(target)}\r\n`);
  });

  it('only health and info of the core are open', async () => {
    expect((await call('/fineract-provider/actuator/health')).status).toBe(200);
    expect((await call('/fineract-provider/actuator/info')).status).toBe(200);
    expect((await call('/fineract-provider/actuator/prometheus')).status).toBe(404);
    expect((await call('/fineract-provider/actuator/health/db')).status).toBe(401);
  });
});

describe('what opens nothing', () => {
  it.each([
    [
      'client-sent X-Forwarded-Uri decides "skip auth"',
      '/api/v1/clients',
      { 'x-forwarded-uri': '/fineract-provider/actuator/health' },
    ],
    [
      'client-sent X-Original-Url',
      '/api/v1/clients',
      { 'x-original-url': '/fineract-provider/actuator/health' },
    ],
    [
      'client-sent X-Forwarded-For of the gateway itself',
      '/api/v1/clients',
      { 'x-forwarded-for': '127.0.0.1' },
    ],
    [
      'skip-auth regex matched against path plus query',
      '/api/v1/clients?x=/fineract-provider/actuator/health',
      {},
    ],
    ['skip-auth by a file suffix', '/api/v1/clients/1.js', {}],
    ['health-check User-Agent bypasses auth', '/api/v1/clients', { 'user-agent': 'kube-probe/1.31' }],
    ['health-check User-Agent of another maker', '/api/v1/clients', { 'user-agent': 'GoogleHC/1.0' }],
  ])('%s', async (_flaw, path, headers) => {
    expect((await call(path, headers as Record<string, string>)).status).toBe(401);
    expect(core.received).toHaveLength(0);
  });

  it.each([
    '/api/../metrics',
    '/api/%2e%2e/x',
    '/api/v1\\..\\x',
    '/api%2fv1/clients',
    '/api/v1/x%3fy',
    '/api/v1/x;y',
    '//evil/api',
    'http://evil.example/api/v1/x',
  ])('prefix escape: %s', async (target) => {
    const { authorization } = await bearer();
    const { status } = await sendRaw(gateway.port, [
      `GET ${target} HTTP/1.1`,
      'Host: h',
      `Authorization: ${authorization}`,
      'Connection: close',
      '',
    ]);
    expect(status).toBe(400);
    expect(core.received).toHaveLength(0);
  });

  it('WebSocket upgrade path', async () => {
    const { authorization } = await bearer();
    const lines = [
      'GET /api/v1/clients HTTP/1.1',
      'Host: h',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Key: eA==',
      'Sec-WebSocket-Version: 13',
      `Authorization: ${authorization}`,
      '',
    ];
    const { text } = await sendRaw(gateway.port, lines);
    expect(text).not.toContain('101 Switching');
    expect(core.received).toHaveLength(0);
  });

  it.each([
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['disguised chunks', ['Content-Length: 5', 'Transfer-Encoding : chunked']],
    ['unknown coding', ['Transfer-Encoding: xchunked']],
  ])('request smuggling: %s', async (_case, framing) => {
    const { authorization } = await bearer();
    const head = ['POST /api/v1/clients HTTP/1.1', 'Host: h', `Authorization: ${authorization}`];
    await sendRaw(gateway.port, [
      ...head,
      ...framing,
      '',
      '0',
      '',
      'GET /api/v1/jobs HTTP/1.1',
      'Host: h',
      '',
      '',
    ]);
    expect(core.received.filter(({ method }) => method === 'GET')).toHaveLength(0);
  });
});

describe('headers', () => {
  it('X_Forwarded_User style underscore and case variants do not reach the core', async () => {
    const { authorization } = await bearer();
    const evil = [
      'X-Forwarded-User',
      'X_Forwarded_User',
      'x_forwarded-user',
      'X-FORWARDED-EMAIL',
      'X-Auth-Request-User',
      'Remote-User',
      'X-Real-IP',
      'Forwarded',
      'X-HTTP-Method-Override',
      'X-Fineract-Instance',
      'X-Original-URL',
    ];
    const lines = [
      'GET /api/v1/clients HTTP/1.1',
      'Host: evil.example',
      `Authorization: ${authorization}`,
      ...evil.map((name) => `${name}: admin`),
      'X-Forwarded-For: 6.6.6.6',
      'X-Forwarded-Host: evil.example',
      'Cookie: a=b',
      'Connection: close',
      '',
    ];
    expect((await sendRaw(gateway.port, lines)).status).toBe(200);
    const { headers } = core.last();
    expect(JSON.stringify(headers)).not.toMatch(/admin|evil|6\.6\.6\.6|"cookie"/);
    expect(headers).toMatchObject({ 'x-forwarded-host': 'localhost:8080', 'x-forwarded-proto': 'http' });
    expect(headers['x-forwarded-for']).toMatch(/^(::1|127\.0\.0\.1)$/);
  });

  it('names in Connection cannot strip what the gateway adds', async () => {
    const { authorization } = await bearer();
    const lines = [
      'GET /api/v1/clients HTTP/1.1',
      'Host: h',
      `Authorization: ${authorization}`,
      'Connection: close, x-forwarded-for, x-request-id, authorization',
      '',
    ];
    expect((await sendRaw(gateway.port, lines)).status).toBe(200);
    expect(core.last().headers).toMatchObject({
      authorization,
      'x-request-id': expect.any(String),
      'x-forwarded-for': expect.any(String),
    });
  });

  it('request id and trace go along, tenant and idempotency key too', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const given = {
      'x-request-id': 'req-1',
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
      'fineract-platform-tenantid': 'default',
      'idempotency-key': 'k',
    };
    const answer = await call('/api/v1/clients', { ...(await bearer()), ...given });
    expect(answer.headers.get('x-request-id')).toBe('req-1');
    expect(core.last().headers).toMatchObject({
      'x-request-id': 'req-1',
      traceparent: expect.stringContaining(trace),
      'fineract-platform-tenantid': 'default',
      'idempotency-key': 'k',
    });
  });

  it('the core cannot set cookies, and its answers carry the gateway’s protections', async () => {
    const { headers } = await call('/api/v1/clients', await bearer());
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('body validation skipped by a tab or garbage in Content-Type: the core gets what was sent, or nothing', async () => {
    const init = { method: 'POST', body: '{"a":1}' };
    for (const type of [
      'application/json\t',
      ' application/json',
      'application/json;charset=x',
      'text/plain',
    ]) {
      await call('/api/v1/clients', { ...(await bearer()), 'content-type': type }, init);
      expect(core.last()).toMatchObject({ body: '{"a":1}', headers: { 'content-type': type.trim() } });
    }
    core.received.splice(0);
    const garbage = await call('/api/v1/clients', { ...(await bearer()), 'content-type': 'garbage' }, init);
    expect([garbage.status, core.received.length]).toEqual([415, 0]);
  });
});

describe('a core in trouble', () => {
  it.each([
    ['does not answer in time', '/api/v1/slow', 504, /look before you repeat/],
    ['breaks off', '/api/v1/reset', 502, /does not answer/],
  ])('that %s', async (_case, path, status, sentence) => {
    const answer = await call(path, await bearer());
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      httpStatusCode: String(status),
      defaultUserMessage: expect.stringMatching(sentence),
    });
  });

  it('that is not there', async () => {
    const alone = await startTestGateway({ OIDC_ISSUER: issuer.issuer, GATEWAY_READ_URL: nowhere });
    expect((await fetch(`${alone.url}/api/v1/clients`, { headers: await bearer() })).status).toBe(502);
    await alone.close();
  });

  it('that is busy is not asked again and again', async () => {
    expect((await call('/api/v1/busy', await bearer())).status).toBe(503);
    expect(core.received).toHaveLength(1);
  });
});

describe('the log', () => {
  it('shows no token, no credential and no address with its query', async () => {
    const { authorization } = await bearer();
    await call('/api/v1/clients?displayName=Alice', { authorization });
    await call('/api/v1/slow?displayName=Bob', { authorization });
    const log = gateway.logLines.join('');
    expect(log).not.toContain(authorization.slice(7));
    expect(log).not.toMatch(/Alice|Bob/);
  });

  it('notes refused access', async () => {
    gateway.logLines.splice(0);
    await call('/api/v1/clients');
    expect(gateway.logLines.join('')).toContain('"event":"access"');
  });
});
