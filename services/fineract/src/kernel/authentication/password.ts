/** Password hashes: scrypt of the Node runtime, parameters beside the hash so that they can be raised later. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const COST = 16_384;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
const KEY_LENGTH_BYTES = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return stored(salt, await derive(password, salt, { N: COST, r: BLOCK_SIZE, p: PARALLELIZATION }));
}

/** What takes as long to check as any password's hash, and is that of none. */
export function decoyHash(): string {
  return stored(randomBytes(16), randomBytes(KEY_LENGTH_BYTES));
}

function stored(salt: Buffer, key: Buffer): string {
  const parameters = [COST, BLOCK_SIZE, PARALLELIZATION];
  return ['scrypt', ...parameters, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function verifyPassword(password: string, storedHash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = storedHash.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_LENGTH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
