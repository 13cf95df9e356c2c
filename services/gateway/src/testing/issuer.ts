import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type Key = { kid: string; alg: string; privateKey: CryptoKey; publicKey: CryptoKey };

export type TestIssuer = {
  issuer: string;
  keys: Key[];
  addKey: (alg?: string) => Promise<Key>;
  token: (change?: JWTPayload, options?: { key?: Key; typ?: string }) => Promise<string>;
  close: () => Promise<void>;
};

/** Serves real keys over HTTP and signs tokens with them, right or wrong as a test wants. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const keys: Key[] = [];
  const server = createServer(async (_request, response) => {
    const published = keys.map(async ({ kid, alg, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg,
      use: 'sig',
    }));
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: await Promise.all(published) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/fineract`;
  const addKey = async (alg = 'RS256') => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const key = { kid: `key-${keys.length + 1}`, alg, ...pair };
    keys.push(key);
    return key;
  };
  const first = await addKey();
  const token: TestIssuer['token'] = (change = {}, { key = first, typ = 'JWT' } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: 'fineract-api',
      sub: 'id-of-teller',
      azp: 'some-client',
      preferred_username: 'teller',
    };
    const payload = { ...claims, iat: now, exp: now + 900, ...change };
    return new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid, typ }).sign(key.privateKey);
  };
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { issuer, keys, addKey, token, close };
}
