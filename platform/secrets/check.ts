/** Is everything sealed that an environment's workloads read, and for the certificate that the environment published? */

import { sealedKeyBytes } from './envelope.ts';
import type { Certificate } from './keys.ts';
import { type SecretNeed, sealCommand } from './needs.ts';
import { type SealedSecret, sealedForOf } from './sealed-secret.ts';

/** One thing to mend, and the command that mends it where there is one. */
export interface SecretProblem {
  readonly sentence: string;
  readonly command?: string;
}

/** A sealed file of `deploy/secrets/<environment>`. */
export interface SealedFile {
  readonly path: string;
  readonly sealed: SealedSecret;
}

/** What is sealed against what is needed; `certificates` are the published ones, newest first. */
export function checkSealed(
  environment: string,
  needs: readonly SecretNeed[],
  files: readonly SealedFile[],
  certificates: readonly Certificate[],
): readonly SecretProblem[] {
  return [
    ...needs.flatMap((need) => checkNeed(environment, need, files)),
    ...files.flatMap((file) => checkUse(needs, file)),
    ...files.flatMap((file) => checkCertificate(file, certificates)),
  ];
}

const isFor = ({ namespace, name }: SecretNeed, { sealed }: SealedFile): boolean =>
  sealed.metadata.namespace === namespace && sealed.metadata.name === name;

function checkNeed(
  environment: string,
  need: SecretNeed,
  files: readonly SealedFile[],
): readonly SecretProblem[] {
  const file = files.find((candidate) => isFor(need, candidate));
  const missing = need.keys.filter((key) => !file || !Object.hasOwn(file.sealed.spec.encryptedData, key));
  if (file && missing.length === 0) return [];
  const what = file ? `lacks ${missing.join(', ')}` : 'is not sealed';
  const reader = need.readers[0] ? `${need.readers[0]} reads it` : 'a controller reads it';
  return [
    {
      sentence: `${environment}: ${need.namespace}/${need.name} ${what}; ${reader}.`,
      command: sealCommand(environment, need, missing),
    },
  ];
}

function checkUse(needs: readonly SecretNeed[], file: SealedFile): readonly SecretProblem[] {
  if (needs.some((need) => isFor(need, file))) return [];
  const { namespace, name } = file.sealed.metadata;
  return [{ sentence: `${file.path}: nothing reads ${namespace}/${name}; remove the file.` }];
}

function checkCertificate(file: SealedFile, certificates: readonly Certificate[]): readonly SecretProblem[] {
  if (certificates.length === 0) return [];
  const sealedFor = sealedForOf(file.sealed);
  if (certificates.some(({ fingerprint }) => fingerprint === sealedFor)) return [];
  if (sealedFor !== undefined) {
    return [
      {
        sentence: `${file.path}: sealed for a certificate that this environment does not publish; seal it again.`,
      },
    ];
  }
  // Made by another client, which leaves no fingerprint: the size of the key is all that can be compared.
  const sizes = new Set(certificates.map(({ key }) => (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8));
  const fits = Object.values(file.sealed.spec.encryptedData).every((value) =>
    sizes.has(sealedKeyBytes(value)),
  );
  return fits
    ? []
    : [{ sentence: `${file.path}: sealed with a key of another size than the published certificate's.` }];
}
