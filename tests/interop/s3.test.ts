import { createObjectStore } from '@fineract-gitops/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behavesAsObjectStore, pdf } from './object-store-behaviour.ts';
import { type S3Server, startS3 } from './s3-server.ts';

let server: S3Server;
const open = (address: string) =>
  createObjectStore(`s3://${address}?endpoint=${server.endpoint}&forcePathStyle=true`);

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'interop';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'interop-secret';
  server = await startS3('bank', 'interop', 'interop-secret');
});
afterAll(() => server?.remove());

describe('object store on S3', () => {
  behavesAsObjectStore((prefix) => open(`bank/${prefix}`));

  it('says when the bucket or the credentials are wrong', async () => {
    const nowhere = await open('nobucket');
    await expect(nowhere.put('a.pdf', Buffer.from('x'), pdf)).rejects.toThrow('the bucket does not exist');
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    const stranger = await open('bank');
    await expect(stranger.get('a.pdf')).rejects.toThrow(/^Could not read a.pdf/);
  });
});
