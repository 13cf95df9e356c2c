import { Readable } from 'node:stream';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { AwsS3StorageAdapter } from '@flystorage/aws-s3';
import { FileStorage, isFile } from '@flystorage/file-storage';
import type { S3Address } from './create-object-store.ts';
import { failure, ObjectNotFoundError, rootCause } from './errors.ts';
import type { ObjectStore } from './object-store.ts';
import { checkPath } from './paths.ts';

/** Objects in an S3 bucket, or in what speaks S3's protocol. */
export function createS3Store(address: S3Address): ObjectStore {
  const adapter = new AwsS3StorageAdapter(new S3Client(clientConfiguration(address)), {
    bucket: address.bucket,
    prefix: address.prefix,
    // One part at a time: a large report then costs 5 MiB of memory, not 20.
    uploadConfiguration: { queueSize: 1 },
  });
  const storage = new FileStorage(adapter, { normalizePath: (path) => path });
  return {
    async put(path, contents, { contentType }) {
      checkPath(path);
      const body = contents instanceof Readable ? contents : Readable.from([contents]);
      await storage.write(path, body, { mimeType: contentType }).catch((error) => {
        throw failure('write', path, error);
      });
    },
    async get(path) {
      checkPath(path);
      return storage.read(path).catch((error) => {
        throw isMissing(error)
          ? new ObjectNotFoundError(path, { cause: error })
          : failure('read', path, error);
      });
    },
    async stat(path) {
      checkPath(path);
      try {
        const { size = 0, lastModifiedMs } = await storage.statFile(path);
        const lastModifiedAt =
          lastModifiedMs === undefined ? {} : { lastModifiedAt: new Date(lastModifiedMs) };
        return { path, sizeBytes: size, ...lastModifiedAt };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw failure('look at', path, error);
      }
    },
    async *list(folder) {
      if (folder !== '') checkPath(folder);
      try {
        for await (const entry of storage.list(folder, { deep: true })) if (isFile(entry)) yield entry.path;
      } catch (error) {
        throw failure('list', folder, error);
      }
    },
    async remove(path) {
      checkPath(path);
      await storage.deleteFile(path).catch((error) => {
        throw failure('remove', path, error);
      });
    },
  };
}

function clientConfiguration({ region, endpoint, forcePathStyle }: S3Address): S3ClientConfig {
  const common: S3ClientConfig = {
    forcePathStyle,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 30_000 },
    ...(region === undefined ? {} : { region }),
  };
  if (endpoint === undefined) return common;
  // What speaks S3's protocol often knows neither regions nor the checksums that AWS's own clients add.
  return {
    ...common,
    endpoint,
    region: region ?? 'us-east-1',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

function isMissing(error: unknown): boolean {
  const cause = rootCause(error);
  return cause.name !== 'NoSuchBucket' && cause.$metadata?.httpStatusCode === 404;
}
