import { fileURLToPath } from 'node:url';
import { examples, readAzureUrl, readGcsUrl, readS3Url } from './address.ts';
import { ObjectStoreError } from './errors.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * The store that a URL names. The library for it is loaded here, so a service pays only for the one it uses.
 *
 * - `file:///directory`: files below a directory, which is made when it is missing
 * - `s3://bucket/prefix?region=…&endpoint=…&forcePathStyle=true`: S3 or what speaks its protocol
 * - `azblob://container/prefix?account=…&endpoint=…`: Azure Blob Storage
 * - `gs://bucket/prefix?endpoint=…`: Google Cloud Storage; an `endpoint` is an emulator and is asked without credentials
 *
 * Credentials come from each cloud's own chain (environment, role, workload identity), never from the URL.
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
      const address = readS3Url(parsed);
      const { createS3Store } = await import('./s3-store.ts');
      return createS3Store(address);
    }
    case 'azblob:': {
      const address = readAzureUrl(parsed);
      const { createAzureStore } = await import('./azure-store.ts');
      return createAzureStore(address);
    }
    case 'gs:': {
      const address = readGcsUrl(parsed);
      const { createGcsStore } = await import('./gcs-store.ts');
      return createGcsStore(address);
    }
    default:
      throw new ObjectStoreError(`The objects URL is not one this program knows; expected ${examples}`);
  }
}
