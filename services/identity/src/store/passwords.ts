import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 32 MiB and about 100 ms a guess (OWASP's equivalents of scrypt N=2^17). */
const COST = { N: 32_768, r: 8, p: 3 };
const KEY_BYTES = 32;

/** The stored form of a password: `scrypt$N,r,p$salt$key`, so that a later cost can stand beside an earlier one. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', Object.values(COST).join(), salt.toString('base64url'), key.toString('base64url')].join(
    '$',
  );
}

/**
 * Whether the password is right. Takes the same time without a hash (an unknown user), so that the time tells nobody
 * which names exist.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, cost = '', salt = '', key = ''] = (stored ?? '').split('$');
  const [N = 0, r = 0, p = 0] = cost.split(',').map(Number);
  if (stored === null || N === 0) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N, r, p });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return scryptAsync(password.normalize('NFC'), salt, KEY_BYTES, {
    ...cost,
    maxmem: 2 * 128 * cost.N * cost.r,
  });
}
