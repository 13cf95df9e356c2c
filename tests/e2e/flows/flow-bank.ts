/** The whole bank in the standard profile on a PostgreSQL and a Redis of the test's own, which the test can look into. */
import { join } from 'node:path';
import { type RedisServer, startRedis } from '@fineract-gitops/cache/testing';
import { createDatabase, type Database } from '@fineract-gitops/db';
import { type LocalPostgres, startLocalPostgres } from '@fineract-gitops/local-postgres';
import { Redis } from 'ioredis';
import { Browser, type Page } from '../../../services/identity/src/testing/browser.ts';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  startBank,
} from '../../support/running-bank.ts';

export interface FlowBank {
  readonly bank: RunningBank;
  readonly postgres: LocalPostgres;
  readonly redisServer: RedisServer;
  readonly redis: Redis;
  /** The default tenant's database. */
  readonly db: Database;
  /** Signs in through the pages, as a person does. */
  signIn(username: string): Promise<Client>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads many shapes
  readonly body: any;
}

/** Somebody who is signed in, calling the API as the console does. */
export interface Client {
  readonly browser: Browser;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: object): Promise<Answer>;
}

export async function startFlowBank(args: string[] = ['--no-demo']): Promise<FlowBank> {
  const directory = newDataDirectory();
  const postgres = await startLocalPostgres({ directory: join(directory, 'own-postgres'), password: 'flow' });
  const redisServer = await startRedis();
  const bank = await startBank({
    directory: join(directory, 'bank'),
    args: ['--profile', 'standard', ...args],
    env: { DATABASE_URL: postgres.url, REDIS_URL: redisServer.url },
  });
  const redis = new Redis(redisServer.url, { lazyConnect: true });
  redis.on('error', () => {}); // a test stops the server on purpose
  const db = createDatabase({
    host: postgres.host,
    port: postgres.port,
    user: postgres.user,
    password: 'flow',
    database: 'fineract_default',
    applicationName: 'flow-test',
    poolSizeMax: 2,
  });
  return {
    bank,
    postgres,
    redisServer,
    redis,
    db,
    signIn: (username) => signIn(bank, username),
    async close() {
      redis.disconnect();
      await db.close();
      await bank.stop();
      await redisServer.remove();
      await postgres.stop();
      removeDataDirectory(directory);
    },
  };
}

async function signIn(bank: RunningBank, username: string): Promise<Client> {
  const browser = new Browser();
  const gateway = bank.urls['gateway']!;
  const form = await browser.navigate(`${gateway}/`);
  const page = await browser.submit(form, { username, password: bank.demoPassword });
  if (page.status !== 200) throw new Error(`signing in as ${username} ended with ${page.status}`);
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const answer = await browser.request(gateway + path, {
      method,
      headers: {
        accept: 'application/json',
        origin: gateway,
        'sec-fetch-site': 'same-origin',
        'sec-fetch-mode': 'cors',
        'fineract-platform-tenantid': 'default',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return toAnswer(answer);
  };
  return {
    browser,
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body) => call('PUT', path, body),
  };
}

function toAnswer({ status, headers, body }: Page): Answer {
  return { status, headers, body: /^[[{]/.test(body) ? JSON.parse(body) : body };
}

/** Asks again until the answer is there; for what happens after the response (events, messages). */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not happen within 30 seconds: ${what}`);
}
