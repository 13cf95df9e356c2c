import { randomBytes } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { createObjectStore } from '@fineract-gitops/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './java-program.ts';
import { type ObjectServer, startObjectServer } from './object-server.ts';
import { behavesAsObjectStore, pdf } from './object-store-behaviour.ts';
import { installAzurite } from './setup/azurite.ts';

/** Azure Blob Storage as Microsoft's own emulator has it. */

const account = 'interopbank';
const key = randomBytes(64).toString('base64');
let server: ObjectServer | undefined;
let endpoint: string;
const open = (address: string) =>
  createObjectStore(`azblob://${address}?account=${account}&endpoint=${encodeURIComponent(endpoint)}`);

const connectionString = () =>
  `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${endpoint};`;

beforeAll(async () => {
  const program = await installAzurite();
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}/${account}`;
  server = await startObjectServer(
    port,
    (data) => [
      process.execPath,
      program,
      ...['--location', data, '--blobHost', '127.0.0.1', '--blobPort', `${port}`],
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ],
    { AZURITE_ACCOUNTS: `${account}:${key}` },
  );
  process.env['AZURE_STORAGE_KEY'] = key;
  await BlobServiceClient.fromConnectionString(connectionString()).getContainerClient('bank').create();
});
afterAll(async () => {
  delete process.env['AZURE_STORAGE_KEY'];
  await server?.remove();
});

describe('object store on Azure Blob Storage', () => {
  behavesAsObjectStore((prefix) => open(`bank/${prefix}`));

  it('says when the container or the key is wrong', async () => {
    const nowhere = await open('nowhere');
    await expect(nowhere.put('a.pdf', Buffer.from('x'), pdf)).rejects.toThrow('the container does not exist');
    process.env['AZURE_STORAGE_KEY'] = randomBytes(64).toString('base64');
    const stranger = await open('bank');
    await expect(stranger.get('a.pdf')).rejects.toThrow(/^Could not read a.pdf: .*access denied/);
  });

  it('takes a connection string, as the Azure command line does', async () => {
    process.env['AZURE_STORAGE_CONNECTION_STRING'] = connectionString();
    try {
      const store = await createObjectStore(`azblob://bank?account=${account}`);
      await store.put('a.pdf', Buffer.from('x'), pdf);
      expect(await store.stat('a.pdf')).toMatchObject({ sizeBytes: 1 });
    } finally {
      delete process.env['AZURE_STORAGE_CONNECTION_STRING'];
    }
  });
});
