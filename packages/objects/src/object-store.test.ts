import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createObjectStore, ObjectNotFoundError, type ObjectStore, ObjectStoreError } from './index.ts';

const pdf = { contentType: 'application/pdf' };
let outside: string;
let directory: string;
let store: ObjectStore;

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'objects-'));
  directory = join(outside, 'store');
  store = await createObjectStore(pathToFileURL(directory).href);
});
afterEach(() => rm(outside, { recursive: true, force: true }));

async function pathsBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of store.list(folder)) paths.push(path);
  return paths;
}

describe('object store on files', () => {
  it('gives back what was put, byte by byte, from buffers and streams', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.boolean(), async (bytes, streamed) => {
        await store.put('a/b.bin', streamed ? Readable.from([bytes]) : bytes, pdf);
        expect(Buffer.compare(await buffer(await store.get('a/b.bin')), bytes)).toBe(0);
        expect(await store.stat('a/b.bin')).toMatchObject({ path: 'a/b.bin', sizeBytes: bytes.length });
      }),
      { numRuns: 25 },
    );
  });

  it('lists below a folder, and nothing where there is no folder', async () => {
    for (const path of ['reports/1.pdf', 'reports/2024/2.pdf', 'documents/3.pdf'])
      await store.put(path, Buffer.from('x'), pdf);
    expect((await pathsBelow('reports')).sort()).toEqual(['reports/1.pdf', 'reports/2024/2.pdf']);
    expect(await pathsBelow('')).toHaveLength(3);
    expect(await pathsBelow('nothing')).toEqual([]);
  });

  it('removes, also what is not there', async () => {
    await store.put('a.pdf', Buffer.from('x'), pdf);
    await store.remove('a.pdf');
    await store.remove('a.pdf');
    expect(await store.stat('a.pdf')).toBeUndefined();
    await expect(store.get('a.pdf')).rejects.toThrow(ObjectNotFoundError);
  });

  it('keeps the old object, and no remains, when a write breaks off', async () => {
    await store.put('a/report.pdf', Buffer.from('old'), pdf);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half of the new');
        throw new Error('the report failed');
      })(),
    );
    await expect(store.put('a/report.pdf', broken, pdf)).rejects.toThrow(
      'Could not write a/report.pdf: the report failed',
    );
    expect(await text(await store.get('a/report.pdf'))).toBe('old');
    expect(await readdir(join(directory, 'a'))).toEqual(['report.pdf']);
  });

  it('shows a write only when it is whole', async () => {
    await store.put('a.txt', Buffer.from('old'), pdf);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = Readable.from(
      (async function* () {
        yield Buffer.from('new and ');
        await held;
        yield Buffer.from('whole');
      })(),
    );
    const writing = store.put('a.txt', slow, pdf);
    await expect.poll(() => readdir(directory)).toHaveLength(2);
    expect(await text(await store.get('a.txt'))).toBe('old');
    expect(await pathsBelow('')).toEqual(['a.txt']);
    letGo();
    await writing;
    expect(await text(await store.get('a.txt'))).toBe('new and whole');
  });

  it('lets only its own user read', async () => {
    await store.put('a/b.pdf', Buffer.from('x'), pdf);
    expect((await stat(join(directory, 'a', 'b.pdf'))).mode & 0o077).toBe(0);
    expect((await stat(directory)).mode & 0o077).toBe(0);
  });

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a/./b',
    'a//b',
    'a/',
    '.hidden',
    'a\\..\\b',
    'a\0b',
    'a'.repeat(201),
  ])('refuses the path %j everywhere', async (path) => {
    await expect(store.put(path, Buffer.from('x'), pdf)).rejects.toThrow(ObjectStoreError);
    await expect(store.get(path)).rejects.toThrow(/^The object path/);
    await expect(store.stat(path)).rejects.toThrow(ObjectStoreError);
    await expect(store.remove(path)).rejects.toThrow(ObjectStoreError);
    if (path !== '') await expect(pathsBelow(path)).rejects.toThrow(ObjectStoreError);
    expect((await readdir(outside)).filter((name) => name !== 'store')).toEqual([]);
  });

  it('never writes outside its directory, whatever the path', async () => {
    const piece = fc.constantFrom('..', '.', 'a', '/', '//', '\\', '%2e%2e', '~', 'ü', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        await store.put(pieces.join(''), Buffer.from('x'), pdf).catch((error) => {
          if (!(error instanceof ObjectStoreError)) throw error;
        });
        expect((await readdir(outside)).filter((name) => name !== 'store')).toEqual([]);
      }),
    );
  });
});

describe('objects URL', () => {
  it.each([
    ['ftp://me:hunter2@host/x', /expected file:/],
    ['hunter2', /expected file:/],
    ['file:hunter2', /absolute path/],
    ['s3://me:hunter2@bucket', /AWS_ACCESS_KEY_ID/],
    ['s3://bucket?endpoint=hunter2', /endpoint/],
    ['s3://bucket?secret=hunter2', /unknown option secret/],
    ['azblob://me:hunter2@container?account=bank', /AZURE_STORAGE_KEY/],
    ['azblob://container', /names no storage account/],
    ['azblob://container?account=hunter2_x', /names no storage account/],
    ['azblob://container?account=bank&key=hunter2', /unknown option key; it takes account and endpoint/],
    ['gs://me:hunter2@bucket', /GOOGLE_APPLICATION_CREDENTIALS/],
    ['gs:///prefix', /names no bucket/],
    ['gs://bucket?region=hunter2', /unknown option region; it takes endpoint/],
  ])('%s is refused without being repeated', async (url, message) => {
    await expect(createObjectStore(url)).rejects.toThrow(message);
    await expect(createObjectStore(url)).rejects.not.toThrow('hunter2');
  });

  it('of a store that is not there says so', async () => {
    process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
    const s3 = await createObjectStore('s3://bucket/x?endpoint=http://127.0.0.1:1&forcePathStyle=true');
    await expect(s3.stat('a')).rejects.toThrow(
      'Could not look at a: the object store does not accept connections',
    );
  });

  it('as the platform renders it for Azure and Google opens a store', async () => {
    for (const url of ['azblob://fineract-dev-azure-backups?account=fineractdevazurebackups', 'gs://backups'])
      expect(await createObjectStore(url)).toHaveProperty('put');
  });
});
