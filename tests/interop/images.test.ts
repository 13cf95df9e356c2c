/** What an image holds would start: its build steps run in a folder, its program as a user that may write nothing there. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModel } from '@fineract-gitops/platform';
import { afterAll, expect, test } from 'vitest';
import { buildStage, openToAll } from '../../platform/images/testing/build-stage.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function build(image: string, variables: Record<string, string> = {}): { folder: string; node: string } {
  const folder = mkdtempSync(join(tmpdir(), `image-${image}-`));
  folders.push(folder);
  buildStage(image, folder, variables);
  return { folder, node: openToAll(folder) };
}

/** As in the cluster: an unknown user above 10000, which only root may become. */
const asNobody: SpawnOptions = process.getuid?.() === 0 ? { uid: 10001, gid: 10001 } : {};

interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
}

function start({ folder, node }: { folder: string; node: string }, args: string[], env = {}): Program {
  const child = spawn(node, args, {
    cwd: folder,
    env: { NODE_ENV: 'production', NODE_COMPILE_CACHE: join(folder, '.compile-cache'), HOME: '/tmp', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asNobody,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += String(chunk)));
  return { child, output: () => text };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(url: string, program: Program): Promise<number> {
  for (let tries = 0; tries < 100 && program.child.exitCode === null; tries += 1) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return response.status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It did not answer; it said:\n${program.output()}`);
}

test('the gateway serves from a folder that it may not write, and stops when told', async () => {
  const image = build('service', { SERVICE: 'gateway' });
  expect(existsSync(join(image.folder, 'node_modules/vitest'))).toBe(false);
  expect(existsSync(join(image.folder, 'services/fineract/src'))).toBe(false);
  expect(readdirSync(join(image.folder, '.compile-cache')).length).toBeGreaterThan(0);
  const port = await freePort();
  const program = start(image, ['main.ts'], {
    GATEWAY_PORT: String(port),
    GATEWAY_PUBLIC_URL: `http://127.0.0.1:${port}`,
    GATEWAY_READ_URL: 'http://127.0.0.1:1',
    GATEWAY_WRITE_URL: 'http://127.0.0.1:1',
    GATEWAY_BATCH_URL: 'http://127.0.0.1:1',
    OIDC_ISSUER: 'http://127.0.0.1:1/realms/fineract',
    OIDC_CLIENT_SECRET: 'only-for-this-test-0123',
    SESSION_SECRET: 'only-for-this-test-0123456789-0123456789',
  });
  expect(await answers(`http://127.0.0.1:${port}/healthz/live`, program)).toBe(200);
  program.child.kill('SIGTERM');
  expect(await once(program.child, 'exit')).toEqual([0, null]);
}, 300_000);

test('user sync lives without Keycloak, is not ready, and stops when told', async () => {
  const image = build('service', { SERVICE: 'user-sync' });
  const port = await freePort();
  const program = start(image, ['main.ts'], {
    USER_SYNC_PORT: String(port),
    USER_SYNC_TOKEN: 'only-for-this-test-0123',
    KEYCLOAK_URL: 'http://127.0.0.1:1',
    OIDC_CLIENT_SECRET: 'only-for-this-test-0123',
  });
  expect(await answers(`http://127.0.0.1:${port}/healthz/live`, program)).toBe(200);
  expect(await answers(`http://127.0.0.1:${port}/healthz/ready`, program)).toBe(503);
  program.child.kill('SIGTERM');
  expect(await once(program.child, 'exit')).toEqual([0, null]);
}, 300_000);

test.each([
  ['fineract', ['services/fineract/src/main.ts', 'migrate'], 'FINERACT_HIKARI_JDBC_URL'],
  ['user-sync', ['main.ts'], 'OIDC_CLIENT_SECRET'],
])(
  '%s loads whole and names what its configuration lacks',
  async (service, command, lacking) => {
    const image = build('service', { SERVICE: service });
    const program = start(image, command);
    const [code] = await once(program.child, 'exit');
    expect(code).not.toBe(0);
    expect(program.output()).toContain(lacking);
    expect(program.output()).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find/);
  },
  300_000,
);

test('the tools run every command that a Job of the tree calls', async () => {
  const image = build('tools');
  const commands = createModel().components.filter(({ image: name }) => name === 'tools');
  expect(commands.length).toBeGreaterThan(1);
  for (const { name, command = [] } of commands) {
    const words = command.slice(2);
    const program = start(image, ['cli/src/main.ts', ...words, '--help']);
    const [code] = await once(program.child, 'exit');
    expect(program.output()).toContain(`Usage: fineract-gitops ${words.join(' ')}`);
    expect(code, name).toBe(0);
  }
  expect(existsSync(join(image.folder, 'bank-config'))).toBe(true);
}, 300_000);

test('the console is built into static files', () => {
  const { folder } = build('console');
  expect(readdirSync(join(folder, 'services/console/dist'))).toContain('index.html');
}, 300_000);
