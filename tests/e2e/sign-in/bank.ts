import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDatabases, freePort, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { Redis } from 'ioredis';
import { startTestCore, type TestCore } from '../../../services/gateway/src/testing/core.ts';
import { startTestGateway, type TestGateway } from '../../../services/gateway/src/testing/gateway.ts';
import { Browser, type Page } from '../../../services/identity/src/testing/browser.ts';
import {
  demoPassword,
  gatewaySecret,
  startTestIdentity,
  type TestIdentity,
} from '../../../services/identity/src/testing/identity.ts';

export type SignInBank = {
  core: TestCore;
  gateway: TestGateway;
  identity: TestIdentity;
  /** Signs a user in through the pages, beginning at `path`. */
  signIn: (path?: string, username?: string, browser?: Browser) => Promise<{ browser: Browser; page: Page }>;
  /** A call as the console makes it. */
  call: (browser: Browser, path: string, method?: string) => Promise<Page>;
  close: () => Promise<void>;
};

/**
 * Identity service, gateway and a small core, on a real database, all in this process so that one clock moves for all.
 */
export async function startSignInBank(gatewayEnvironment: Record<string, string> = {}): Promise<SignInBank> {
  const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
  const postgres = await startLocalPostgres({
    directory: join(directory, 'postgres'),
    password: 'test',
    durable: false,
  });
  await ensureDatabases(postgres.url, ['identity']);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const core = await startTestCore();
  const identity = await startTestIdentity({ databaseUrl: postgres.urlOf('identity'), gatewayUrl: url });
  const environment = {
    ...core.environment,
    GATEWAY_PUBLIC_URL: url,
    OIDC_ISSUER: identity.issuer,
    OIDC_CLIENT_SECRET: gatewaySecret,
    ...gatewayEnvironment,
  };
  const gateway = await startTestGateway(environment, port);
  const bank = { core, gateway, identity };
  return {
    ...bank,
    signIn: async (path = '/', username = 'teller', browser = new Browser()) => {
      const form = await browser.navigate(url + path);
      return { browser, page: await browser.submit(form, { username, password: demoPassword }) };
    },
    call: (browser, path, method = 'GET') =>
      browser.request(url + path, {
        method,
        headers: {
          accept: 'application/json',
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'cors',
          origin: url,
        },
      }),
    close: async () => {
      await gateway.close();
      await identity.close();
      await core.close();
      await postgres.stop('immediate');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type TestRedis = { url: string; stop: () => Promise<void>; dump: () => Promise<string[]> };

/** A Redis of its own; the tests that want one cannot do without it. */
export async function startRedis(port?: number): Promise<TestRedis> {
  const bound = port ?? (await freePort());
  const options = ['--port', `${bound}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(
      'redis-server is not installed: install it, for example with apt-get install redis-server',
      {
        cause: error,
      },
    );
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const started = async () => {
    while (!output.includes('Ready to accept connections')) await sleep(10);
  };
  await Promise.race([started(), failed]);
  failed.catch(() => {});
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const url = `redis://127.0.0.1:${bound}`;
  return { url, stop, dump: () => dumpRedis(url) };
}

/** Every key with its content, as text. */
async function dumpRedis(url: string): Promise<string[]> {
  const redis = new Redis(url);
  const keys = await redis.keys('*');
  const contents = keys.map(async (key) => `${key} ${(await redis.dump(key)) ?? ''}`);
  const all = await Promise.all(contents);
  redis.disconnect();
  return all;
}
