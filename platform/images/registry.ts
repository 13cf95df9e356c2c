/** Asks an image's registry for its digest (OCI distribution API), with an anonymous token where the registry wants one. */

import { createHash } from 'node:crypto';
import { ModelError } from '../model/model.ts';

const timeoutMs = 15_000;
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

export interface Reference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** `redis:8` is `registry-1.docker.io`, `library/redis`, `8`. */
export function parseReference(reference: string): Reference {
  const colon = reference.lastIndexOf(':');
  const [path, tag] = [reference.slice(0, colon), reference.slice(colon + 1)];
  const [first = '', ...rest] = path.split('/');
  const hasHost = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  if (hasHost) return { registry: first, repository: rest.join('/'), tag };
  return { registry: 'registry-1.docker.io', repository: path.includes('/') ? path : `library/${path}`, tag };
}

/**
 * The digest that a tag stands for now, of all its platforms together.
 * @throws ModelError with a sentence when the registry cannot be reached or does not know the tag
 */
export async function resolveDigest(reference: string): Promise<string> {
  const { registry, repository, tag } = parseReference(reference);
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(registry) ? 'http' : 'https';
  const url = `${scheme}://${registry}/v2/${repository}/manifests/${tag}`;
  const first = await ask(url, {}, reference);
  const response = first.status === 401 ? await askAgain(url, first, reference) : first;
  if (response.status === 404)
    throw new ModelError(`${reference} is not in its registry; nobody can pull it.`);
  if (!response.ok)
    throw new ModelError(`The registry of ${reference} answered with status ${response.status}.`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const claimed = response.headers.get('docker-content-digest');
  if (claimed !== null && claimed !== digest)
    throw new ModelError(`The registry of ${reference} claims another digest than its manifest has.`);
  return digest;
}

async function ask(url: string, headers: Record<string, string>, reference: string): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return await fetch(url, { headers: { accept: manifestTypes, ...headers }, signal });
  } catch (cause) {
    throw new ModelError(
      `The registry of ${reference} cannot be reached, so no digest was written; try again where it can.`,
      { cause },
    );
  }
}

/** The registry says in its refusal where tokens are given. */
async function askAgain(url: string, refused: Response, reference: string): Promise<Response> {
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const field = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field('realm');
  if (!/^bearer /i.test(challenge) || !realm || !URL.canParse(realm))
    throw new ModelError(`The registry of ${reference} wants a login; digests are read without one only.`);
  const tokenUrl = new URL(realm);
  for (const name of ['service', 'scope'] as const) {
    const value = field(name);
    if (value !== undefined) tokenUrl.searchParams.set(name, value);
  }
  const answer = await ask(tokenUrl.href, {}, reference);
  const { token, access_token: accessToken } = (await answer.json().catch(() => ({}))) as Record<
    string,
    string
  >;
  const bearer = token ?? accessToken;
  if (!answer.ok || !bearer)
    throw new ModelError(`The registry of ${reference} gave no token; its image may not be public.`);
  return ask(url, { authorization: `Bearer ${bearer}` }, reference);
}
