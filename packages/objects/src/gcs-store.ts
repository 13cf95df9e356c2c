import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ApiError, type File, Storage } from '@google-cloud/storage';
import type { GcsAddress } from './address.ts';
import { failure, ObjectNotFoundError, rootCause } from './errors.ts';
import type { ObjectStore } from './object-store.ts';
import { checkPath } from './paths.ts';

/** A large object is sent in chunks of this size, each of which may be tried again. */
const chunkBytes = 8 << 20;

/**
 * Objects in a bucket of Google Cloud Storage, by Google's own client: the storage library that serves the other clouds
 * has no adapter for it in the registry.
 */
export function createGcsStore({ bucket: name, prefix, endpoint }: GcsAddress): ObjectStore {
  const storage = new Storage({
    retryOptions: { maxRetries: 3, totalTimeout: 60 },
    // An emulator knows no accounts; without a project the client would look for one in Google's metadata server.
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint, projectId: 'emulator' }),
  });
  const bucket = storage.bucket(name);
  const root = prefix === '' ? '' : `${prefix}/`;
  const fileOf = (path: string): File => {
    checkPath(path);
    return bucket.file(root + path);
  };
  return {
    async put(path, contents, { contentType }) {
      const file = fileOf(path);
      const body = contents instanceof Readable ? contents : Readable.from([contents]);
      const writing = file.createWriteStream({ resumable: true, chunkSize: chunkBytes, contentType });
      await pipeline(body, writing).catch((error) => {
        throw failure('write', path, explained(error));
      });
    },
    async get(path) {
      const file = fileOf(path);
      // A stream of the client's fails only when it is read; whether there is an object is known before.
      if ((await stat(file, path)) === undefined) throw new ObjectNotFoundError(path);
      return file.createReadStream({ decompress: false });
    },
    stat: async (path) => stat(fileOf(path), path),
    async *list(folder) {
      if (folder !== '') checkPath(folder);
      try {
        const files = bucket.getFilesStream({ prefix: folder === '' ? root : `${root}${folder}/` });
        for await (const file of files) yield (file as File).name.slice(root.length);
      } catch (error) {
        throw failure('list', folder, explained(error));
      }
    },
    async remove(path) {
      await fileOf(path)
        .delete({ ignoreNotFound: true })
        .catch((error) => {
          throw failure('remove', path, explained(error));
        });
    },
  };
}

async function stat(file: File, path: string): ReturnType<ObjectStore['stat']> {
  try {
    const [{ size, updated }] = await file.getMetadata();
    return { path, sizeBytes: Number(size), ...(updated ? { lastModifiedAt: new Date(updated) } : {}) };
  } catch (error) {
    if ((error as ApiError).code === 404 && !isBucketMissing(error)) return undefined;
    throw failure('look at', path, explained(error));
  }
}

const isBucketMissing = (error: unknown): boolean => /bucket does not exist/i.test(rootCause(error).message);

/** The client's errors carry HTTP's numbers; ours have a sentence for the common ones. */
function explained(error: unknown): unknown {
  const cause = rootCause(error);
  const status: unknown = cause.code;
  if (status === 403 || status === 401)
    return Object.assign(new Error(cause.message), { code: 'AccessDenied' });
  return status === 404 ? Object.assign(new Error(cause.message), { code: 'NoSuchBucket' }) : error;
}
