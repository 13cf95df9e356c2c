/** The door of the secrets room: sealing and opening in the Sealed Secrets controller's format, and the checks. */

export { checkSealed, type SealedFile, type SecretProblem } from './check.ts';
export {
  parseSealed,
  plainSecretsInRepository,
  readPublished,
  readSealed,
  readSealedFiles,
  sealedPath,
  secretsFolder,
  writeSealed,
} from './disk.ts';
export { SecretError } from './errors.ts';
export { type Certificate, endsSoon, readCertificates, readRecoveryKeys } from './keys.ts';
export { type SecretNeed, sealCommand, secretNeeds } from './needs.ts';
export { plainSecretsIn } from './plain.ts';
export {
  type KubernetesSecret,
  mergeSealed,
  type PlainSecret,
  type Scope,
  type SealedSecret,
  scopeOf,
  scopes,
  seal,
  unseal,
} from './sealed-secret.ts';
