/** Secrets and SealedSecrets as objects: which scope a value is tied to, sealing whole secrets, opening them again. */

import type { KeyObject } from 'node:crypto';
import { openValue, sealValue } from './envelope.ts';
import { SecretError } from './errors.ts';
import type { Certificate } from './keys.ts';

export const scopes = ['strict', 'namespace-wide', 'cluster-wide'] as const;
/** Where a sealed value may be opened: under its own name, anywhere in its namespace, anywhere in the cluster. */
export type Scope = (typeof scopes)[number];

/** A secret's values are bytes: keys and certificates are not always text. */
export interface PlainSecret {
  readonly name: string;
  readonly namespace: string;
  readonly type?: string;
  readonly data: Readonly<Record<string, Uint8Array>>;
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface SealedSecret {
  readonly apiVersion: 'bitnami.com/v1alpha1';
  readonly kind: 'SealedSecret';
  readonly metadata: Metadata;
  readonly spec: {
    readonly encryptedData: Readonly<Record<string, string>>;
    readonly template: { readonly metadata: Metadata; readonly type?: string };
  };
}

export interface KubernetesSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: Metadata;
  readonly type?: string;
  readonly data: Readonly<Record<string, string>>;
}

const annotationPrefix = 'sealedsecrets.bitnami.com';
const annotationsOf = (scope: Scope): Pick<Metadata, 'annotations'> =>
  scope === 'strict' ? {} : { annotations: { [`${annotationPrefix}/${scope}`]: 'true' } };

/** The scope that a sealed secret declares; the wider one wins, as in the controller. */
export function scopeOf({ metadata }: Pick<SealedSecret, 'metadata'>): Scope {
  const declared = (scope: Scope): boolean =>
    metadata.annotations?.[`${annotationPrefix}/${scope}`] === 'true';
  if (declared('cluster-wide')) return 'cluster-wide';
  return declared('namespace-wide') ? 'namespace-wide' : 'strict';
}

function labelOf(scope: Scope, namespace: string, name: string): string {
  if (scope === 'cluster-wide') return '';
  return scope === 'namespace-wide' ? namespace : `${namespace}/${name}`;
}

/** Says which certificate sealed a file, so that a rebuilt cluster's new one is noticed; not secret. */
const sealedForAnnotation = 'fineract-gitops/sealed-for';
export const sealedForOf = ({ metadata }: SealedSecret): string | undefined =>
  metadata.annotations?.[sealedForAnnotation];

/**
 * Seals every value of a secret on its own, so that one can be replaced later without the others.
 * @throws SecretError when there is nothing to seal
 */
export function seal(
  certificate: Pick<Certificate, 'key' | 'fingerprint'>,
  secret: PlainSecret,
  scope: Scope = 'strict',
): SealedSecret {
  const { name, namespace, type } = secret;
  if (Object.keys(secret.data).length === 0) {
    throw new SecretError(`The secret "${name}" has no values to seal; give at least one key.`);
  }
  const label = labelOf(scope, namespace, name);
  const metadata = { name, namespace, ...annotationsOf(scope) };
  const sealed = Object.entries(secret.data).map(
    ([key, value]) => [key, sealValue(certificate.key, value, label)] as const,
  );
  const sealedFor = { [sealedForAnnotation]: certificate.fingerprint };
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...sealedFor } },
    spec: { encryptedData: Object.fromEntries(sealed), template: { metadata, ...(type ? { type } : {}) } },
  };
}

/** Puts newly sealed values beside the ones that are there; both must be tied to the same name and scope. */
export function mergeSealed(present: SealedSecret, added: SealedSecret): SealedSecret {
  const { name, namespace } = present.metadata;
  const sameName = name === added.metadata.name && namespace === added.metadata.namespace;
  if (sealedForOf(present) !== sealedForOf(added)) {
    throw new SecretError(
      `The file there was sealed for another certificate; seal all keys of "${name}" again, with --replace.`,
    );
  }
  if (!sameName || scopeOf(present) !== scopeOf(added)) {
    throw new SecretError(
      `The file there seals ${namespace}/${name} in ${scopeOf(present)} scope, which cannot be mixed with ` +
        `${added.metadata.namespace}/${added.metadata.name} in ${scopeOf(added)} scope; seal all keys again with --replace.`,
    );
  }
  const encryptedData = { ...present.spec.encryptedData, ...added.spec.encryptedData };
  return { ...added, spec: { ...added.spec, encryptedData } };
}

/**
 * Opens every value, with whichever of the keys fits.
 * @throws SecretError that names the keys which no recovery key opens
 */
export function unseal(recoveryKeys: readonly KeyObject[], sealed: SealedSecret): KubernetesSecret {
  const { name, namespace } = sealed.metadata;
  const label = labelOf(scopeOf(sealed), namespace, name);
  const opened = Object.entries(sealed.spec.encryptedData).map(
    ([key, value]) => [key, openValue(recoveryKeys, value, label)?.toString('base64')] as const,
  );
  const closed = opened.filter(([, value]) => value === undefined).map(([key]) => key);
  if (closed.length > 0) {
    throw new SecretError(
      `None of the ${recoveryKeys.length} recovery keys opens ${closed.join(', ')} of ${namespace}/${name}; ` +
        'give the key of the cluster that it was sealed for, and keep its name, namespace and scope as they were.',
    );
  }
  const { metadata, type } = sealed.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, name, namespace },
    ...(type ? { type } : {}),
    data: Object.fromEntries(opened) as Record<string, string>,
  };
}
