import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { createObjectStore, ObjectNotFoundError, type ObjectStore } from '@fineract-gitops/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from './s3-server.ts';

const pdf = { contentType: 'application/pdf' };
let server: S3Server;
let store: ObjectStore;
const open = (address: string) =>
  createObjectStore(`s3://${address}?endpoint=${server.endpoint}&forcePathStyle=true`);

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'interop';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'interop-secret';
  server = await startS3('bank', 'interop', 'interop-secret');
  store = await open('bank/documents');
});
afterAll(() => server?.remove());

async function pathsBelow(folder: string, where = store): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of where.list(folder)) paths.push(path);
  return paths.sort();
}

describe('object store on S3', () => {
  it('gives back what was put, and says how large it is', async () => {
    await store.put('clients/1/ü b.pdf', Buffer.from('%PDF'), pdf);
    expect(await text(await store.get('clients/1/ü b.pdf'))).toBe('%PDF');
    expect(await store.stat('clients/1/ü b.pdf')).toEqual({
      path: 'clients/1/ü b.pdf',
      sizeBytes: 4,
      lastModifiedAt: expect.any(Date),
    });
  });

  it('takes a stream of several parts', async () => {
    const bytes = randomBytes(11 << 20);
    const chunks = Array.from({ length: 11 }, (_, index) => bytes.subarray(index << 20, (index + 1) << 20));
    await store.put('large.bin', Readable.from(chunks), pdf);
    expect(bytes.equals(await buffer(await store.get('large.bin')))).toBe(true);
  });

  it('shows nothing of a write that broke off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(6 << 20);
        throw new Error('the report failed');
      })(),
    );
    await expect(store.put('broken.bin', broken, pdf)).rejects.toThrow(
      'Could not write broken.bin: the report failed',
    );
    expect(await store.stat('broken.bin')).toBeUndefined();
  });

  it('lists below a folder and within its prefix', async () => {
    const other = await open('bank/other');
    await other.put('x.pdf', Buffer.from('x'), pdf);
    for (const path of ['reports/1.pdf', 'reports/2024/2.pdf', 'reports2/3.pdf'])
      await store.put(path, Buffer.from('x'), pdf);
    expect(await pathsBelow('reports')).toEqual(['reports/1.pdf', 'reports/2024/2.pdf']);
    expect(await pathsBelow('', other)).toEqual(['x.pdf']);
    expect(await pathsBelow('nothing')).toEqual([]);
  });

  it('removes, also what is not there', async () => {
    await store.put('gone.pdf', Buffer.from('x'), pdf);
    await store.remove('gone.pdf');
    await store.remove('gone.pdf');
    await expect(store.get('gone.pdf')).rejects.toThrow(ObjectNotFoundError);
  });

  it('says when the bucket or the credentials are wrong', async () => {
    const nowhere = await open('nobucket');
    await expect(nowhere.put('a.pdf', Buffer.from('x'), pdf)).rejects.toThrow('the bucket does not exist');
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    const stranger = await open('bank');
    await expect(stranger.get('a.pdf')).rejects.toThrow(/^Could not read a.pdf/);
  });
});
