/** Something went wrong with an object; the message names the operation, the path and the reason. */
export class ObjectStoreError extends Error {
  override name = 'ObjectStoreError';
}

/** There is no object at that path. */
export class ObjectNotFoundError extends ObjectStoreError {
  override name = 'ObjectNotFoundError';

  constructor(path: string, options?: ErrorOptions) {
    super(`There is no object at ${path}`, options);
  }
}

/** The innermost cause, where the file system or the cloud said what was wrong. */
export function rootCause(
  error: unknown,
): Error & { code?: string; statusCode?: number; $metadata?: { httpStatusCode?: number } } {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause instanceof Error ? cause : new Error(String(cause));
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'no permission; check the owner of the directory',
  EROFS: 'the file system is read-only',
  ECONNREFUSED: 'the object store does not accept connections; check the endpoint',
  ENOTFOUND: 'the host of the endpoint is not known',
  NoSuchBucket: 'the bucket does not exist',
  ContainerNotFound: 'the container does not exist',
  AccessDenied: 'access denied; check the credentials and the bucket policy',
  AuthenticationFailed: 'access denied; check AZURE_STORAGE_KEY or the workload identity',
  AuthorizationPermissionMismatch:
    'access denied; give the identity the role Storage Blob Data Contributor on the container',
  AuthorizationFailure: 'access denied; check the credentials and the network rules of the storage account',
  InvalidAccessKeyId: 'the access key is not known to the object store',
  CredentialsProviderError:
    'no AWS credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or a role',
  CredentialUnavailableError:
    'no Azure credentials found; set AZURE_STORAGE_KEY, AZURE_STORAGE_CONNECTION_STRING or a workload identity',
  AggregateAuthenticationError:
    'no Azure credentials found; set AZURE_STORAGE_KEY, AZURE_STORAGE_CONNECTION_STRING or a workload identity',
};

/** An error that says what was attempted and why it failed. */
export function failure(operation: string, path: string, error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error;
  const cause = rootCause(error);
  const reason = reasons[cause.code ?? ''] ?? reasons[cause.name] ?? cause.message;
  return new ObjectStoreError(`Could not ${operation} ${path || 'the objects'}: ${reason}`, { cause });
}
