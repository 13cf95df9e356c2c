import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createModel, imageReference } from '../model/model.ts';
import { lockImages } from './lock.ts';
import { parseReference, resolveDigest } from './registry.ts';

const manifest = JSON.stringify({ schemaVersion: 2, manifests: [] });
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A registry on this machine; its host and port. */
async function registry(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stops.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a digest', () => {
  test('comes from the manifest itself', async () => {
    const host = await registry((request, response) => {
      const known =
        request.url === '/v2/bank/redis/manifests/8.1' && request.headers.accept?.includes('index');
      response.writeHead(known ? 200 : 404).end(manifest);
    });
    await expect(resolveDigest(`${host}/bank/redis:8.1`)).resolves.toBe(digest);
    await expect(resolveDigest(`${host}/bank/redis:8.2`)).rejects.toThrow(/is not in its registry/);
  });

  test('is read with an anonymous token where the registry wants one', async () => {
    const host = await registry((request, response) => {
      if (request.url?.startsWith('/token?service=here&scope=pull')) return response.end('{"token":"t"}');
      if (request.headers.authorization === 'Bearer t') return response.end(manifest);
      const challenge = `Bearer realm="http://${request.headers.host}/token",service="here",scope="pull"`;
      return response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    await expect(resolveDigest(`${host}/redis:8`)).resolves.toBe(digest);
  });

  test('that the registry claims wrongly is refused', async () => {
    const host = await registry((_request, response) =>
      response.writeHead(200, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end(manifest),
    );
    await expect(resolveDigest(`${host}/redis:8`)).rejects.toThrow(/claims another digest/);
  });

  test('is never made up: a registry that cannot be reached is said in one sentence', async () => {
    const host = await registry(() => undefined);
    for (const stop of stops.splice(0)) stop();
    await expect(resolveDigest(`${host}/redis:8`)).rejects.toThrow(
      /^The registry of \S+ cannot be reached, so no digest was written; try again where it can\.$/,
    );
  });

  test('behind a login is not read', async () => {
    const host = await registry((_request, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    );
    await expect(resolveDigest(`${host}/redis:8`)).rejects.toThrow(/wants a login/);
  });
});

test.each([
  ['redis:8', 'registry-1.docker.io', 'library/redis', '8'],
  ['grafana/loki:3.7.8', 'registry-1.docker.io', 'grafana/loki', '3.7.8'],
  ['quay.io/strimzi/kafka:1.2.0', 'quay.io', 'strimzi/kafka', '1.2.0'],
  ['localhost:5000/a/b:1', 'localhost:5000', 'a/b', '1'],
])('%s is read as people mean it', (reference, host, repository, tag) =>
  expect(parseReference(reference)).toEqual({ registry: host, repository, tag }),
);

describe('the lock', () => {
  test('holds every public image, and the tree names the digests', async () => {
    const model = createModel();
    const lock = await lockImages(model, async () => digest);
    expect(Object.keys(lock.digests)).toContain('redis:8.10.2-alpine');
    expect(Object.keys(lock.digests).some((name) => name.startsWith(model.settings.registry))).toBe(false);
    expect(imageReference({ ...model, ...lock }, 'redis')).toBe(`redis:8.10.2-alpine@${digest}`);
    expect(imageReference({ ...model, digests: {} }, 'redis')).toBe('redis:8.10.2-alpine');
  });

  test('is all or nothing', async () => {
    const resolve = async (reference: string): Promise<string> => {
      if (reference.startsWith('redis:')) throw new Error('no');
      return digest;
    };
    await expect(lockImages(createModel(), resolve)).rejects.toThrow('no');
  });
});
