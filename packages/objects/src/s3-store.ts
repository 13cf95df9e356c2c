import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { AwsS3StorageAdapter } from '@flystorage/aws-s3';
import type { S3Address } from './address.ts';
import { createCloudStore } from './cloud-store.ts';
import { rootCause } from './errors.ts';
import type { ObjectStore } from './object-store.ts';

/** Objects in an S3 bucket, or in what speaks S3's protocol. */
export function createS3Store(address: S3Address): ObjectStore {
  const adapter = new AwsS3StorageAdapter(new S3Client(clientConfiguration(address)), {
    bucket: address.bucket,
    prefix: address.prefix,
    // One part at a time keeps memory small; S3 takes 10,000 parts, so the largest object (a dump) may have 160 GB.
    uploadConfiguration: { queueSize: 1, partSize: 16 << 20 },
  });
  return createCloudStore(adapter, isMissing);
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
