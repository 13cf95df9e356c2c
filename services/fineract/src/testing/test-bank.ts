/** A bank for a test: its own databases on the run's real PostgreSQL, requests injected into a real instance. */
import { randomBytes } from 'node:crypto';
import { parsePostgresUrl } from '@fineract-gitops/config';
import { createDatabase, type Database, sql } from '@fineract-gitops/db';
import { createTestDatabase, testServerUrl } from '@fineract-gitops/local-postgres/testing';
import { domains } from '../bank.ts';
import { readConfig } from '../config.ts';
import { buildInstance, type Instance, migrateInstallation } from '../instance.ts';
import { declaredJobs } from '../kernel/jobs/index.ts';
import { migrateTenant } from '../kernel/migration.ts';
import { declaredPermissions } from '../kernel/permissions.ts';

export const ADMIN = { username: 'admin', password: 'correct horse battery staple' };

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  // Answers are checked field by field by the test that asked.
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many shapes
  readonly body: any;
}

/** The codes inside an error body. */
export function innerCodes(answer: ApiAnswer): string[] {
  const errors: { userMessageGlobalisationCode: string }[] = answer.body.errors ?? [];
  return errors.map(({ userMessageGlobalisationCode }) => userMessageGlobalisationCode);
}

export interface CallOptions {
  readonly as?: { readonly username: string; readonly password: string } | null;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** `/api/v1` instead of Fineract's own path. */
  readonly publicPath?: boolean;
  readonly version?: 'v1' | 'v2';
}

export interface TestBank extends AsyncDisposable {
  readonly instance: Instance;
  readonly db: Database;
  get(path: string, options?: CallOptions): Promise<ApiAnswer>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>;
  put(path: string, body: unknown, options?: CallOptions): Promise<ApiAnswer>;
  delete(path: string, options?: CallOptions): Promise<ApiAnswer>;
  /** Sets the business date, by the API. */
  setBusinessDate(isoDate: string): Promise<void>;
}

/** @param env more variables of the instance (modes, Redis) */
export async function openTestBank(env: Readonly<Record<string, string>> = {}): Promise<TestBank> {
  const tenantDatabase = await createTestDatabase({
    template: { name: 'fineract_tenant', prepare: prepareTemplate },
  });
  const registry = new URL(testServerUrl());
  registry.pathname = `/registry_${randomBytes(6).toString('hex')}`;
  const config = readConfig({
    FINERACT_HIKARI_JDBC_URL: registry.href,
    FINERACT_HIKARI_MAXIMUM_POOL_SIZE: '8',
    FINERACT_DEFAULT_TENANTDB_NAME: tenantDatabase.name,
    FINERACT_SERVER_PORT: '0',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    // A test of jobs switches it on; for the others it would only hold connections.
    FINERACT_MODE_BATCH_WORKER_ENABLED: 'false',
    ...env,
  });
  await migrateInstallation(config);
  const instance = await buildInstance(config);
  const db = createDatabase({ ...addressOf(tenantDatabase.url), applicationName: 'test', poolSizeMax: 4 });

  const call = async (
    method: string,
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<ApiAnswer> => {
    const who = options.as === undefined ? ADMIN : options.as;
    const response = await instance.server.inject({
      method: method as 'GET',
      url: `${options.publicPath ? '' : '/fineract-provider'}/api/${options.version ?? 'v1'}${path}`,
      headers: definedOnly({
        'fineract-platform-tenantid': 'default',
        ...(who ? { authorization: `Basic ${btoa(`${who.username}:${who.password}`)}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      }),
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = response.body;
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson(response.headers['content-type']) && text !== '' ? JSON.parse(text) : text,
    };
  };

  return {
    instance,
    db,
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body = {}, options) => call('POST', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
    async setBusinessDate(isoDate) {
      await db.execute(sql`update configurations set enabled = true where name = 'enable-business-date'`);
      await db.execute(sql`
        insert into business_dates (type, date) values ('BUSINESS_DATE', ${isoDate}::date)
        on conflict (type) do update set date = excluded.date`);
      for (const tenant of await instance.resources.tenants.all()) instance.resources.memory.forget(tenant);
    },
    async [Symbol.asyncDispose]() {
      await instance.close();
      await db.close();
      await tenantDatabase.drop();
      const server = createDatabase({
        ...addressOf(testServerUrl()),
        applicationName: 'test',
        poolSizeMax: 1,
      });
      await server.pool.query(`drop database if exists ${registry.pathname.slice(1)} with (force)`);
      await server.close();
    },
  };
}

/** A header set to `undefined` is not sent at all. */
function definedOnly(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function isJson(contentType: unknown): boolean {
  return String(contentType).startsWith('application/json');
}

async function prepareTemplate(url: string): Promise<void> {
  await migrateTenant(addressOf(url), {
    permissions: declaredPermissions(domains),
    jobs: declaredJobs(domains),
    bootstrapAdmin: ADMIN,
  });
}

function addressOf(url: string) {
  const { host, port, database, username, password } = parsePostgresUrl(url, 'test server');
  return { host, port, database, ...(username ? { user: username } : {}), ...(password ? { password } : {}) };
}
