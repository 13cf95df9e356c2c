import { fileURLToPath } from 'node:url';
import { ObjectStoreError } from './errors.ts';
import type { ObjectStore } from './object-store.ts';

const examples = 'file:///var/lib/fineract/objects or s3://bucket/prefix?region=eu-central-1';

/**
 * The store that a URL names. The library for it is loaded here, so a service pays only for the one it uses.
 *
 * - `file:///directory`: files below a directory, which is made when it is missing
 * - `s3://bucket/prefix?region=…&endpoint=…&forcePathStyle=true`: S3 or what speaks its protocol; credentials come
 *   from the AWS SDK's own chain (environment, role), never from the URL
 *
 * @throws ObjectStoreError when the URL is none of these; the message does not repeat it
 */
export async function createObjectStore(url: string): Promise<ObjectStore> {
  const parsed = URL.parse(url);
  switch (parsed?.protocol) {
    case 'file:': {
      if (!/^file:\/\/\/./.test(url))
        throw new ObjectStoreError(`The objects URL needs an absolute path; ${examples}`);
      const { createFileStore } = await import('./file-store.ts');
      return createFileStore(fileURLToPath(parsed));
    }
    case 's3:': {
      const { createS3Store } = await import('./s3-store.ts');
      return createS3Store(readS3Url(parsed));
    }
    default:
      throw new ObjectStoreError(`The objects URL is not one this program knows; expected ${examples}`);
  }
}

/** Where objects are in S3. */
export type S3Address = {
  bucket: string;
  prefix: string;
  region?: string;
  endpoint?: string;
  forcePathStyle: boolean;
};

function readS3Url(url: URL): S3Address {
  if (url.hostname === '')
    throw new ObjectStoreError(`The objects URL names no bucket; expected ${examples}`);
  if (url.username !== '' || url.password !== '') {
    throw new ObjectStoreError(
      'The objects URL holds credentials; give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  }
  const { region, endpoint, forcePathStyle = 'false', ...unknown } = Object.fromEntries(url.searchParams);
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) {
    throw new ObjectStoreError(
      `The objects URL has an unknown option ${stranger}; the options are region, endpoint and forcePathStyle`,
    );
  }
  if (endpoint !== undefined && !/^https?:\/\/[^/]/.test(endpoint)) {
    throw new ObjectStoreError(
      'The endpoint of the objects URL is not a URL; expected http://host:port or https://host',
    );
  }
  return {
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, ''),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: forcePathStyle === 'true',
  };
}
