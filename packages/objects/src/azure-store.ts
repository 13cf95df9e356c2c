import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { AzureStorageBlobStorageAdapter } from '@flystorage/azure-storage-blob';
import type { AzureAddress } from './address.ts';
import { createCloudStore } from './cloud-store.ts';
import { azureStorageKeys } from './config.ts';
import { rootCause } from './errors.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * Objects in a container of Azure Blob Storage. The environment's AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_KEY
 * is used when it is there (the names that Azure's own command line has); else Azure's default chain, which in a
 * cluster ends at the workload identity.
 */
export async function createAzureStore(address: AzureAddress): Promise<ObjectStore> {
  const service = await connect(address);
  const adapter = new AzureStorageBlobStorageAdapter(service.getContainerClient(address.container), {
    prefix: address.prefix,
    // One block at a time: a large object then costs 8 MiB of memory, not 40.
    uploadMaxConcurrency: 1,
  });
  return createCloudStore(adapter, isMissing);
}

async function connect({ account, endpoint }: AzureAddress): Promise<BlobServiceClient> {
  const options = { retryOptions: { maxTries: 3, tryTimeoutInMs: 60_000 } };
  const { connectionString, key } = azureStorageKeys();
  if (connectionString) return BlobServiceClient.fromConnectionString(connectionString, options);
  const url = endpoint ?? `https://${account}.blob.core.windows.net`;
  if (key) return new BlobServiceClient(url, new StorageSharedKeyCredential(account, key), options);
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new BlobServiceClient(url, new DefaultAzureCredential(), options);
}

function isMissing(error: unknown): boolean {
  const cause = rootCause(error);
  return cause.code !== 'ContainerNotFound' && cause.statusCode === 404;
}
