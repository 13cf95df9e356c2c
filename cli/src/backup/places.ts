/** Where backups are kept and what they are made of, from options, environment or the bank on this machine. */
import { pathToFileURL } from 'node:url';
import { type Database, type DatabaseAddress, sql } from '@fineract-gitops/db';
import { readPostmasterFile } from '@fineract-gitops/local-postgres';
import { createObjectStore, type ObjectStore, ObjectStoreError } from '@fineract-gitops/objects';
import { CliError } from '../cli-error.ts';
import type { CommandOption } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { type Layout, layoutOf } from '../local/layout.ts';
import { isAlive } from '../local/process-identity.ts';
import { readRunState } from '../local/run-file.ts';
import { ensureSecrets } from '../local/secrets.ts';
import { databases as localDatabases } from '../local/services.ts';
import { readAddress, withDatabase } from './address.ts';
import type { DatabaseBackup } from './manifest.ts';

export interface StoreOptions {
  store?: string;
  data?: string;
}

export const storeOptions: readonly CommandOption[] = [
  {
    flags: '--store <url>',
    text: 'where backups are kept: file://, s3://, azblob:// or gs:// (default: BACKUP_URL, else .data/backups)',
  },
  { flags: '--data <directory>', text: 'data directory of the bank (default: .data in the project)' },
];

/** @throws CliError when the URL names no store that we know */
export async function openStore({ store, data }: StoreOptions): Promise<ObjectStore> {
  const url = store ?? process.env['BACKUP_URL'] ?? pathToFileURL(`${layoutOf(data).data}/backups`).href;
  try {
    return await createObjectStore(url);
  } catch (error) {
    throw asCliError(error, ExitCode.usage);
  }
}

/** What a store says of itself is a sentence already. */
export function asCliError(error: unknown, exitCode: ExitCode = ExitCode.failed): unknown {
  return error instanceof ObjectStoreError
    ? new CliError(`${error.message}.`, exitCode, { cause: error })
    : error;
}

/** One database to dump. */
export interface Source {
  readonly address: DatabaseAddress;
  readonly kind: DatabaseBackup['kind'];
}

/**
 * Every database of the installation: the registry, each tenant that it names, and the identity service's, when it is
 * there (on one machine) or named (BACKUP_IDENTITY_DATABASE_URL).
 */
export async function findSources(registryUrl: string | undefined, data?: string): Promise<Source[]> {
  const url = registryUrl ?? process.env['BACKUP_DATABASE_URL'];
  const registry = url
    ? readAddress(url, registryUrl ? '--database' : 'BACKUP_DATABASE_URL')
    : localServer(layoutOf(data));
  return withDatabase(registry, async (db) => {
    const identity = url ? namedIdentity() : await localIdentity(db, registry);
    return [
      { address: registry, kind: 'registry' },
      ...(await tenantDatabases(db, registry)).map(
        (name): Source => ({ address: { ...registry, database: name }, kind: 'tenant' }),
      ),
      ...identity,
    ];
  });
}

/** The embedded PostgreSQL of the bank that runs on this machine. */
function localServer(layout: Layout): DatabaseAddress {
  const state = readRunState(layout.run);
  if (!state || !isAlive(state.supervisor)) {
    throw new CliError(
      'The bank does not run: start it with `npm start`, or name a database with --database or BACKUP_DATABASE_URL.',
      ExitCode.missing,
    );
  }
  const server = state.profile === 'local' ? readPostmasterFile(layout.postgres) : undefined;
  if (!server?.ready) {
    throw new CliError(
      state.profile === 'local'
        ? 'The bank’s PostgreSQL is not ready: try again in a moment.'
        : 'The bank uses a PostgreSQL of yours: name its registry with --database or BACKUP_DATABASE_URL.',
      ExitCode.missing,
    );
  }
  return {
    host: '127.0.0.1',
    port: server.port,
    database: localDatabases.registry,
    user: 'postgres',
    password: ensureSecrets(layout.secrets).postgresPassword,
  };
}

async function tenantDatabases(db: Database, registry: DatabaseAddress): Promise<string[]> {
  const { there } = await db.row<{ there: boolean }>(
    sql`select to_regclass('public.tenants') is not null as there`,
  );
  if (!there) {
    throw new CliError(
      `The database ${registry.database} is no registry of tenants: name the one that the core uses (fineract_tenants).`,
      ExitCode.usage,
    );
  }
  const rows = await db.rows<{ name: string }>(
    sql`select distinct database_name as name from tenants order by 1`,
  );
  return rows.map(({ name }) => name).filter((name) => name !== registry.database);
}

async function localIdentity(db: Database, registry: DatabaseAddress): Promise<Source[]> {
  const database = localDatabases.identity;
  const found = await db.rowOrNull(
    sql`select 1 as there from pg_catalog.pg_database where datname = ${database}`,
  );
  return found ? [{ address: { ...registry, database }, kind: 'identity' }] : [];
}

/** In a cluster the identity service's database has an owner of its own, whom nobody else can stand in for. */
function namedIdentity(): Source[] {
  const {
    BACKUP_IDENTITY_DATABASE_URL: url,
    BACKUP_IDENTITY_USERNAME: user,
    BACKUP_IDENTITY_PASSWORD: password,
  } = process.env;
  if (!url) return [];
  const address = readAddress(url, 'BACKUP_IDENTITY_DATABASE_URL');
  return [
    {
      address: { ...address, ...(user ? { user } : {}), ...(password ? { password } : {}) },
      kind: 'identity',
    },
  ];
}
