import { createObjectStore } from '@fineract-gitops/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './java-program.ts';
import { type ObjectServer, startObjectServer } from './object-server.ts';
import { behavesAsObjectStore, pdf } from './object-store-behaviour.ts';
import { installGoTool } from './setup/go-tools.ts';

/** Google Cloud Storage as fake-gcs-server has it: Google offers no emulator. Credentials are not tested by it. */

let server: ObjectServer | undefined;
let endpoint: string;
const open = (address: string) => createObjectStore(`gs://${address}?endpoint=${endpoint}`);

beforeAll(async () => {
  const program = await installGoTool('fake-gcs-server');
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  server = await startObjectServer(port, (data) => [
    program,
    ...['-scheme', 'http', '-host', '127.0.0.1', '-port', `${port}`, '-external-url', endpoint],
    ...['-backend', 'filesystem', '-filesystem-root', data],
  ]);
  const made = await fetch(`${endpoint}/storage/v1/b?project=emulator`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bank' }),
  });
  expect(made.ok).toBe(true);
}, 900_000);
afterAll(() => server?.remove());

describe('object store on Google Cloud Storage', () => {
  behavesAsObjectStore((prefix) => open(`bank/${prefix}`));

  it('says when the bucket is wrong', async () => {
    const nowhere = await open('nowhere');
    await expect(nowhere.put('a.pdf', Buffer.from('x'), pdf)).rejects.toThrow('the bucket does not exist');
  });
});
