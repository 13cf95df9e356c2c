import { ObjectStoreError } from './errors.ts';

export const examples =
  'file:///var/lib/fineract/objects, s3://bucket/prefix?region=eu-central-1, azblob://container/prefix?account=name or gs://bucket/prefix';

/** Where objects are in S3. */
export type S3Address = {
  bucket: string;
  prefix: string;
  region?: string;
  endpoint?: string;
  forcePathStyle: boolean;
};

/** Where objects are in Azure Blob Storage. */
export type AzureAddress = { container: string; prefix: string; account: string; endpoint?: string };

/** Where objects are in Google Cloud Storage. */
export type GcsAddress = { bucket: string; prefix: string; endpoint?: string };

/** Reads `s3://bucket/prefix?region=…&endpoint=…&forcePathStyle=true`. @throws ObjectStoreError */
export function readS3Url(url: URL): S3Address {
  const { place: bucket, prefix } = readPlace(
    url,
    'bucket',
    'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role',
  );
  const { forcePathStyle = 'false', ...rest } = readOptions(url, ['region', 'endpoint', 'forcePathStyle']);
  return { bucket, prefix, ...rest, forcePathStyle: forcePathStyle === 'true' };
}

/** Reads `azblob://container/prefix?account=…&endpoint=…`. @throws ObjectStoreError */
export function readAzureUrl(url: URL): AzureAddress {
  const { place: container, prefix } = readPlace(
    url,
    'container',
    'AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_KEY, or a workload identity',
  );
  const { account = '', ...rest } = readOptions(url, ['account', 'endpoint']);
  if (!/^[a-z0-9]{3,24}$/.test(account)) {
    throw new ObjectStoreError(
      'The objects URL names no storage account; add ?account= with 3 to 24 small letters and digits',
    );
  }
  return { container, prefix, account, ...rest };
}

/** Reads `gs://bucket/prefix?endpoint=…`. @throws ObjectStoreError */
export function readGcsUrl(url: URL): GcsAddress {
  const { place: bucket, prefix } = readPlace(
    url,
    'bucket',
    'GOOGLE_APPLICATION_CREDENTIALS, or a workload identity',
  );
  return { bucket, prefix, ...readOptions(url, ['endpoint']) };
}

function readPlace(url: URL, noun: string, credentials: string): { place: string; prefix: string } {
  if (url.hostname === '')
    throw new ObjectStoreError(`The objects URL names no ${noun}; expected ${examples}`);
  if (url.username !== '' || url.password !== '')
    throw new ObjectStoreError(`The objects URL holds credentials; give them as ${credentials}`);
  return { place: url.hostname, prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '') };
}

function readOptions<Name extends string>(url: URL, known: readonly Name[]): Partial<Record<Name, string>> {
  const given = Object.fromEntries(url.searchParams);
  const stranger = Object.keys(given).find((name) => !known.includes(name as Name));
  if (stranger !== undefined) {
    const list = known.join(', ').replace(/, ([^,]+)$/, ' and $1');
    throw new ObjectStoreError(`The objects URL has an unknown option ${stranger}; it takes ${list}`);
  }
  if (given['endpoint'] !== undefined && !/^https?:\/\/[^/]/.test(given['endpoint'])) {
    throw new ObjectStoreError(
      'The endpoint of the objects URL is not a URL; expected http://host:port or https://host',
    );
  }
  return given as Partial<Record<Name, string>>;
}
