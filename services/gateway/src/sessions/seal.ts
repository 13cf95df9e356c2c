import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

/** Encrypts small values for the browser or a store, each with its purpose and its end. */
export type Seal = {
  close: (purpose: string, value: object, ttlSeconds: number) => Promise<string>;
  /** The value, or `null` when it is not ours, was meant for something else, or has ended. */
  open: <Value>(purpose: string, sealed: string) => Promise<Value | null>;
};

/** Authenticated encryption (AES-256-GCM) under a key from `secret`. */
export function createSeal(secret: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'fineract gateway session', 32));
  return {
    close: (purpose, value, ttlSeconds) =>
      new EncryptJWT({ value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttlSeconds)
        .encrypt(key),
    open: async <Value>(purpose: string, sealed: string) => {
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          audience: purpose,
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp'],
        });
        return payload['value'] as Value;
      } catch {
        return null;
      }
    },
  };
}
