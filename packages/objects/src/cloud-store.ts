import { Readable } from 'node:stream';
import { FileStorage, isFile, type StorageAdapter } from '@flystorage/file-storage';
import { failure, ObjectNotFoundError } from './errors.ts';
import type { ObjectStore } from './object-store.ts';
import { checkPath } from './paths.ts';

/**
 * Objects behind one of the storage library's adapters, where a write shows only when it is whole.
 *
 * @param isMissing whether a failure says that there is no object at that path
 */
export function createCloudStore(
  adapter: StorageAdapter,
  isMissing: (error: unknown) => boolean,
): ObjectStore {
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
