/**
 * One sealed value, in the format of the Sealed Secrets controller: two bytes with the length of the RSA part, a
 * random 256-bit session key under RSA-OAEP (SHA-256, the scope as its label), then the value under AES-256-GCM with
 * its tag. The nonce is zero because a session key encrypts one value only. All cryptography is Node's own.
 */

import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

const sessionKeyBytes = 32;
const tagBytes = 16;
const nonce = Buffer.alloc(12);

const oaep = (key: KeyObject, label: string) => ({
  key,
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: 'sha256',
  oaepLabel: Buffer.from(label),
});

/** Seals one value for whoever holds the private key; `label` ties it to a scope (see `sealed-secret.ts`). */
export function sealValue(certificateKey: KeyObject, value: Uint8Array, label: string): string {
  const sessionKey = randomBytes(sessionKeyBytes);
  const sealedKey = publicEncrypt(oaep(certificateKey, label), sessionKey);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, nonce);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const body = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([length, sealedKey, body]).toString('base64');
}

/** Opens one value with the first key that fits; undefined when none does, or when name or namespace were changed. */
export function openValue(
  recoveryKeys: readonly KeyObject[],
  sealed: string,
  label: string,
): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const keyLength = bytes.length < 2 ? 0 : bytes.readUInt16BE();
  if (bytes.length < 2 + keyLength + tagBytes) return undefined;
  for (const key of recoveryKeys) {
    try {
      return open(key, bytes.subarray(2, 2 + keyLength), bytes.subarray(2 + keyLength), label);
    } catch {
      // Not this key: the controller's keys are renewed every 30 days, so there are several to try.
    }
  }
  return undefined;
}

function open(key: KeyObject, sealedKey: Buffer, body: Buffer, label: string): Buffer {
  const sessionKey = privateDecrypt(oaep(key, label), sealedKey);
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(body.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]);
}

/** RSA bytes in front of a sealed value: what a certificate of another size would not have made. */
export function sealedKeyBytes(sealed: string): number {
  const bytes = Buffer.from(sealed, 'base64');
  return bytes.length < 2 ? 0 : bytes.readUInt16BE();
}
