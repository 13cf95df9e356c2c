import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { ObjectNotFoundError, type ObjectStore } from '@fineract-gitops/objects';
import { beforeAll, expect, it } from 'vitest';

export const pdf = { contentType: 'application/pdf' };

async function pathsBelow(store: ObjectStore, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of store.list(folder)) paths.push(path);
  return paths.sort();
}

/** What every cloud's store does alike. @param open gives the store of a prefix in the bucket */
export function behavesAsObjectStore(open: (prefix: string) => Promise<ObjectStore>): void {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await open('documents');
  });

  it('gives back what was put, and says how large it is', async () => {
    await store.put('clients/1/ü b.pdf', Buffer.from('%PDF'), pdf);
    expect(await text(await store.get('clients/1/ü b.pdf'))).toBe('%PDF');
    expect(await store.stat('clients/1/ü b.pdf')).toEqual({
      path: 'clients/1/ü b.pdf',
      sizeBytes: 4,
      lastModifiedAt: expect.any(Date),
    });
    await store.put('clients/1/ü b.pdf', Buffer.alloc(0), pdf);
    expect(await store.stat('clients/1/ü b.pdf')).toMatchObject({ sizeBytes: 0 });
  });

  it('takes a stream of several parts', async () => {
    const bytes = randomBytes(35 << 20);
    const chunks = Array.from({ length: 35 }, (_, index) => bytes.subarray(index << 20, (index + 1) << 20));
    await store.put('large.bin', Readable.from(chunks), pdf);
    expect(bytes.equals(await buffer(await store.get('large.bin')))).toBe(true);
  });

  it('shows nothing of a write that broke off', async () => {
    const broken = Readable.from(
      (async function* () {
        for (let written = 0; written < 18; written += 1) yield randomBytes(1 << 20);
        throw new Error('the report failed');
      })(),
    );
    await expect(store.put('broken.bin', broken, pdf)).rejects.toThrow(
      'Could not write broken.bin: the report failed',
    );
    expect(await store.stat('broken.bin')).toBeUndefined();
    await expect(store.get('broken.bin')).rejects.toThrow(ObjectNotFoundError);
    expect(await pathsBelow(store, '')).not.toContain('broken.bin');
  });

  it('lists below a folder and within its prefix', async () => {
    const other = await open('other');
    await other.put('x.pdf', Buffer.from('x'), pdf);
    for (const path of ['reports/1.pdf', 'reports/2024/2.pdf', 'reports2/3.pdf'])
      await store.put(path, Buffer.from('x'), pdf);
    expect(await pathsBelow(store, 'reports')).toEqual(['reports/1.pdf', 'reports/2024/2.pdf']);
    expect(await pathsBelow(other, '')).toEqual(['x.pdf']);
    expect(await pathsBelow(store, 'nothing')).toEqual([]);
  });

  it('removes, also what is not there', async () => {
    await store.put('gone.pdf', Buffer.from('x'), pdf);
    await store.remove('gone.pdf');
    await store.remove('gone.pdf');
    await expect(store.get('gone.pdf')).rejects.toThrow(ObjectNotFoundError);
  });
}
