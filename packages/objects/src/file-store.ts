import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStorage, isFile } from '@flystorage/file-storage';
import { LocalStorageAdapter } from '@flystorage/local-fs';
import { failure, ObjectNotFoundError, rootCause } from './errors.ts';
import type { ObjectInfo, ObjectStore } from './object-store.ts';
import { checkPath } from './paths.ts';

// Objects are customers' documents and reports: the service's user alone may read them.
const ownerOnly = { visibility: 'private', directoryVisibility: 'private' };
const unfinished = /(^|\/)\.[^/]*\.part$/;

/** Objects as files below `directory`. */
export function createFileStore(directory: string): ObjectStore {
  const storage = new FileStorage(
    new LocalStorageAdapter(directory, { rootDirectoryVisibility: 'private' }),
    { normalizePath: (path) => path },
  );
  return {
    async put(path, contents) {
      checkPath(path);
      const temporary = join(dirname(path), `.${randomUUID()}.part`);
      try {
        await storage.write(
          temporary,
          contents instanceof Readable ? contents : Readable.from([contents]),
          ownerOnly,
        );
        await flush(join(directory, temporary));
        await storage.moveFile(temporary, path, ownerOnly);
      } catch (error) {
        await storage.deleteFile(temporary).catch(() => {});
        throw failure('write', path, error);
      }
    },
    async get(path) {
      checkPath(path);
      if ((await stat(storage, path)) === undefined) throw new ObjectNotFoundError(path);
      return storage.read(path).catch((error) => {
        throw failure('read', path, error);
      });
    },
    async stat(path) {
      checkPath(path);
      return stat(storage, path);
    },
    async *list(folder) {
      if (folder !== '') checkPath(folder);
      try {
        for await (const entry of storage.list(folder, { deep: true })) {
          if (isFile(entry) && !unfinished.test(entry.path)) yield entry.path;
        }
      } catch (error) {
        if (rootCause(error).code !== 'ENOENT') throw failure('list', folder, error);
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

async function stat(storage: FileStorage, path: string): Promise<ObjectInfo | undefined> {
  try {
    const entry = await storage.stat(path);
    if (!isFile(entry)) return undefined;
    const { size = 0, lastModifiedMs } = entry;
    return {
      path,
      sizeBytes: size,
      ...(lastModifiedMs === undefined ? {} : { lastModifiedAt: new Date(lastModifiedMs) }),
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(rootCause(error).code ?? '')) return undefined;
    throw failure('look at', path, error);
  }
}

/** Waits until the disk has the bytes: a rename that survives a power cut must not name an empty file. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
