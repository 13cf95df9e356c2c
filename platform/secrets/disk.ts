/** `deploy/secrets/<environment>` on disk: the sealed files and the published certificate. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { yamlOf } from '../render/yaml.ts';
import type { SealedFile } from './check.ts';
import { SecretError } from './errors.ts';
import { type Certificate, readCertificates } from './keys.ts';
import { plainSecretsIn } from './plain.ts';
import type { SealedSecret } from './sealed-secret.ts';

export const secretsFolder = (deploy: string, environment: string): string =>
  join(deploy, 'secrets', environment);

/** File of one sealed secret; another namespace than the bank's own stands in its name. */
export const sealedPath = (deploy: string, environment: string, namespace: string, name: string): string =>
  join(
    secretsFolder(deploy, environment),
    `${namespace.startsWith('fineract-') ? '' : `${namespace}-`}${name}.yaml`,
  );

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads a sealed file; undefined when there is none. */
export function readSealed(path: string): SealedSecret | undefined {
  const text = readIfThere(path);
  return text === undefined ? undefined : parseSealed(text, path);
}

/** @throws SecretError when the text is not a SealedSecret */
export function parseSealed(text: string, where: string): SealedSecret {
  let value: Partial<SealedSecret> | null;
  try {
    value = parse(text) as Partial<SealedSecret> | null;
  } catch (cause) {
    throw new SecretError(`${where} is neither YAML nor JSON.`, { cause });
  }
  const complete = value?.kind === 'SealedSecret' && value.metadata?.name && value.spec?.encryptedData;
  if (!complete) throw new SecretError(`${where} is not a SealedSecret with encryptedData.`);
  return value as SealedSecret;
}

/** All sealed files of an environment, by name; none in a fresh clone. */
export function readSealedFiles(deploy: string, environment: string): readonly SealedFile[] {
  const folder = secretsFolder(deploy, environment);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return { path, sealed: parseSealed(readFileSync(path, 'utf8'), path) };
    });
}

/** The certificates that the environment published, newest first; none before its cluster was made. */
export function readPublished(deploy: string, environment: string, now: Date): readonly Certificate[] {
  const path = join(secretsFolder(deploy, environment), 'certificate.pem');
  const pem = readIfThere(path);
  return pem === undefined ? [] : readCertificates(pem, path, now);
}

/** Writes a sealed file; what it holds may be read by anybody. */
export function writeSealed(path: string, sealed: SealedSecret): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, yamlOf(sealed));
}

const scannedBytesMax = 2 * 1024 * 1024;

/** Plain secrets in every file that Git keeps or would take with `git add`. */
export function plainSecretsInRepository(root: string): readonly string[] {
  let listed: string;
  try {
    listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    throw new SecretError(`${root} is not a Git checkout, or git is not installed; nothing was checked.`, {
      cause,
    });
  }
  return [...new Set(listed.split('\0'))].filter(Boolean).flatMap((path) => {
    const file = join(root, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > scannedBytesMax) return [];
    return plainSecretsIn(path, readFileSync(file, 'utf8'));
  });
}
