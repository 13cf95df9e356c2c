import { describe, expect, test } from 'vitest';
import { openTestBank } from '../testing/test-bank.ts';
import { type InstanceModes, instanceName, isReadOnly, isServed } from './instance-mode.ts';

const off = { read: false, write: false, batchManager: false, batchWorker: false };
const instances: Record<string, InstanceModes> = {
  all: { read: true, write: true, batchManager: true, batchWorker: true },
  read: { ...off, read: true },
  write: { ...off, write: true },
  batch: { ...off, batchManager: true, batchWorker: true },
  'batch-worker': { ...off, batchWorker: true },
};

/** Apache Fineract's table: what each kind of instance serves. */
const table: [instance: string, get: boolean, write: boolean, jobs: boolean, batches: boolean][] = [
  ['all', true, true, true, true],
  ['read', true, false, false, true],
  ['write', true, true, false, true],
  ['batch', false, false, true, true],
  ['batch-worker', false, false, false, true],
];

describe.each(table)('%s', (instance, get, write, jobs, batches) => {
  const modes = instances[instance]!;
  test('serves what the table says', () => {
    const served = (method: string, path: string) => isServed(modes, method, path);
    expect(instanceName(modes)).toBe(instance);
    expect(isReadOnly(modes)).toBe(instance === 'read');
    expect(served('GET', '/clients/1')).toBe(get);
    for (const method of ['POST', 'PUT', 'DELETE']) expect(served(method, '/clients/1'), method).toBe(write);
    for (const path of [
      '/jobs',
      '/jobs/1/runhistory',
      '/scheduler',
      '/loans/catch-up',
      '/loans/is-catch-up-running',
    ]) {
      expect(served('GET', path), path).toBe(jobs);
      expect(served('POST', path), path).toBe(jobs);
    }
    expect(served('POST', '/batches')).toBe(batches);
    expect(served('PUT', '/instance-mode')).toBe(batches);
  });

  test('does not take a name that only begins alike for a job', () => {
    expect(isServed(modes, 'GET', '/jobsheets')).toBe(get);
    expect(isServed(modes, 'GET', '/loans/catch-upper')).toBe(get);
  });
});

describe('a read-only instance', () => {
  test('answers reads and refuses writes, log-ins and searches by POST, as in Fineract', async () => {
    await using bank = await openTestBank({
      FINERACT_MODE_WRITE_ENABLED: 'false',
      FINERACT_MODE_BATCH_MANAGER_ENABLED: 'false',
      FINERACT_MODE_BATCH_WORKER_ENABLED: 'false',
    });
    expect((await bank.get('/offices')).status).toBe(200);
    for (const path of ['/offices', '/authentication']) {
      const refused = await bank.post(path, {});
      expect(refused.status, path).toBe(405);
      expect(refused.body).toEqual({
        httpStatusCode: '405',
        userMessageGlobalisationCode: 'error.msg.invalid.instance.type',
        developerMessage: 'Method POST is not allowed in this instance type.',
        defaultUserMessage: 'Method POST is not allowed in this instance type.',
      });
    }
    const [tenant] = await bank.instance.resources.tenants.all();
    await expect(tenant!.db.pool.query('create table x (id int)')).rejects.toThrow('read-only transaction');
  });
});
