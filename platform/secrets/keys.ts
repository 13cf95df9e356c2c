/** The two halves of a controller's key: the certificate that it publishes, and the private keys kept for recovery. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { SecretError } from './errors.ts';

/** Days before the end of a certificate when `secrets check` begins to warn. */
const warningDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

export interface Certificate {
  readonly key: KeyObject;
  readonly validTo: Date;
  /** SHA-256 of the certificate, as people compare it. */
  readonly fingerprint: string;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads an environment's certificates: the newest first, it seals; the ones below it were renewed, and the controller
 * still opens what they sealed.
 * @param now a newest certificate that ended before is refused, as by the controller's own client
 */
export function readCertificates(
  pem: string,
  where: string,
  now: Date,
): readonly [Certificate, ...Certificate[]] {
  const [newest, ...renewed] = (pem.match(certificateBlock) ?? []).map((block) =>
    certificateOf(block, where),
  );
  if (!newest) {
    throw new SecretError(`${where} holds no certificate in PEM form; fetch it again from the controller.`);
  }
  if (newest.validTo <= now) {
    throw new SecretError(
      `${where} ended on ${newest.validTo.toISOString().slice(0, 10)}; fetch the controller's newest certificate.`,
    );
  }
  return [newest, ...renewed];
}

function certificateOf(block: string, where: string): Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(block);
  } catch (cause) {
    throw new SecretError(`${where} is not a certificate in PEM form; fetch it again from the controller.`, {
      cause,
    });
  }
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== 'rsa') {
    throw new SecretError(`${where} holds no RSA key, so it is not a Sealed Secrets certificate.`);
  }
  return { key, validTo: new Date(certificate.validTo), fingerprint: certificate.fingerprint256 };
}

/** Does the certificate end soon? */
export const endsSoon = ({ validTo }: Certificate, now: Date): boolean =>
  validTo.getTime() - now.getTime() < warningDays * dayMs;

const pemBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

/**
 * Reads recovery keys: a PEM file, or the controller's key Secrets as `kubectl get secret -o yaml` or `-o json`
 * prints them (one, several documents, or a List).
 */
export function readRecoveryKeys(text: string, where: string): readonly KeyObject[] {
  const pems = text.includes('-----BEGIN') ? (text.match(pemBlock) ?? []) : keySecretsOf(text, where);
  if (pems.length === 0)
    throw new SecretError(`${where} holds no private key: give a PEM file or the controller's key Secrets.`);
  return pems.map((pem) => {
    try {
      return createPrivateKey(pem);
    } catch (cause) {
      throw new SecretError(`${where} holds no private key that can be read (PEM, unencrypted RSA).`, {
        cause,
      });
    }
  });
}

interface KeySecret {
  readonly kind?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly items?: readonly KeySecret[];
}

function keySecretsOf(text: string, where: string): readonly string[] {
  const documents = parseAllDocuments(text);
  const broken = 'errors' in documents ? undefined : documents.find(({ errors }) => errors.length > 0);
  if (broken) throw new SecretError(`${where} is neither PEM nor YAML nor JSON.`);
  const objects = [...documents].map((document) => document.toJS() as KeySecret | null);
  return objects
    .flatMap((object): readonly (KeySecret | null)[] => object?.items ?? [object])
    .flatMap((object) => (object?.data?.['tls.key'] ? [object.data['tls.key']] : []))
    .map((encoded) => Buffer.from(encoded, 'base64').toString('utf8'));
}
