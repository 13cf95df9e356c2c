/**
 * What an instance serves, by Fineract's four mode variables. One rule, after authentication, in Fineract's order:
 * batches pass everywhere; jobs and catch-up only with the batch manager, whatever the method; reads when reading is on;
 * anything when writing is on; the rest is refused with 405.
 */
import { ApiError } from './errors.ts';

export interface InstanceModes {
  readonly read: boolean;
  readonly write: boolean;
  readonly batchManager: boolean;
  readonly batchWorker: boolean;
}

const ANY_MODE = /^\/(batches|instance-mode)(\/|$)/;
const BATCH_MANAGER_ONLY = /^\/(jobs|scheduler|loans\/catch-up|loans\/is-catch-up-running)(\/|$)/;

/** @param path below the API's version, `/clients/1` */
export function isServed(modes: InstanceModes, method: string, path: string): boolean {
  if (ANY_MODE.test(path)) return true;
  if (BATCH_MANAGER_ONLY.test(path)) return modes.batchManager;
  if (method === 'GET' || method === 'HEAD') return modes.read || modes.write;
  return modes.write;
}

/** 405 as Fineract answers it. */
export function notServed(method: string): ApiError {
  return new ApiError(
    405,
    'error.msg.invalid.instance.type',
    `Method ${method} is not allowed in this instance type.`,
  );
}

/** The short name of an instance, for logs and the test header. */
export function instanceName(modes: InstanceModes): string {
  const { read, write, batchManager, batchWorker } = modes;
  const batch = batchManager || batchWorker;
  if (read && write) return batch ? 'all' : 'read-write';
  if (read) return batch ? 'read-batch' : 'read';
  if (write) return batch ? 'write-batch' : 'write';
  return batchManager ? 'batch' : 'batch-worker';
}

/** Read-only means reading on and everything else off: its connections refuse writes. */
export function isReadOnly({ read, write, batchManager, batchWorker }: InstanceModes): boolean {
  return read && !write && !batchManager && !batchWorker;
}
