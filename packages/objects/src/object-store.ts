import type { Readable } from 'node:stream';

export type ObjectInfo = {
  path: string;
  sizeBytes: number;
  lastModifiedAt?: Date;
};

/**
 * Files by path, wherever they are kept. Paths are relative, with `/` between names (`reports/2024/42.pdf`); names do
 * not begin with a dot. Every failure is an `ObjectStoreError`.
 */
export type ObjectStore = {
  /** Writes an object, replacing one of that path: readers see the old one or the whole new one. */
  put(path: string, contents: Readable | Uint8Array, options: { contentType: string }): Promise<void>;
  /** The object's bytes. @throws ObjectNotFoundError */
  get(path: string): Promise<Readable>;
  /** Size and time, or undefined when there is no such object. */
  stat(path: string): Promise<ObjectInfo | undefined>;
  /** The paths below a folder (`''` for all), in no particular order. */
  list(folder: string): AsyncIterable<string>;
  /** Removes an object; nothing when there is none. */
  remove(path: string): Promise<void>;
};
