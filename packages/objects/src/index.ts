export { createObjectStore } from './create-object-store.ts';
export { ObjectNotFoundError, ObjectStoreError } from './errors.ts';
export type { ObjectInfo, ObjectStore } from './object-store.ts';
