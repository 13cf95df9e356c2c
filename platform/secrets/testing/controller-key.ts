import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key as the controller makes one: RSA, with a certificate signed by itself. Made anew, so none stands in Git. */
export interface ControllerKey {
  readonly certificate: string;
  readonly privateKey: string;
}

export function makeControllerKey(bits = 2048, days = 3650): ControllerKey {
  const folder = mkdtempSync(join(tmpdir(), 'controller-key-'));
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  try {
    const request = ['req', '-x509', '-newkey', `rsa:${bits}`, '-nodes', '-subj', '/O=sealed-secrets'];
    execFileSync('openssl', [...request, '-days', String(days), '-keyout', key, '-out', certificate], {
      stdio: 'pipe',
    });
    return { certificate: readFileSync(certificate, 'utf8'), privateKey: readFileSync(key, 'utf8') };
  } catch (cause) {
    throw new Error('This test needs the openssl program (Debian: apt-get install openssl).', { cause });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
