/** Reads per second of one client through the core, against a bare Fastify route that returns the same bytes. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '@fineract-gitops/local-postgres';
import { Pool } from 'undici';
import { compare, readOptions, saturate } from './support/compare.ts';
import { headers, startCore } from './support/core.ts';

const CONNECTIONS = 16;

await using core = await startCore(CONNECTIONS);
const { clientId } = await core.api<{ clientId: number }>('POST', '/clients', {
  officeId: 1,
  firstname: 'Ada',
  lastname: 'Lovelace',
});
const path = `/fineract-provider/api/v1/clients/${clientId}`;
const body = JSON.stringify(await core.api('GET', `/clients/${clientId}`));

const port = await freePort();
const bare = spawn(process.execPath, [
  join(import.meta.dirname, 'support/bare-server.ts'),
  String(port),
  body,
]);
await setTimeout(1_000);
const bareHttp = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });

async function get(http: Pool, url: string): Promise<void> {
  const answer = await http.request({ method: 'GET', path: url, headers });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
}

try {
  await compare(
    'reads of a client, PostgreSQL on every one',
    (seconds) => saturate(seconds, CONNECTIONS, () => get(core.http, path)),
    (seconds) => saturate(seconds, CONNECTIONS, () => get(bareHttp, '/')),
    readOptions(),
  );
} finally {
  await bareHttp.close();
  bare.kill();
}
