/**
 * Brings an installation up: the registry and the default tenant's database are created when missing, every tenant's
 * schema is migrated, the declared permissions and jobs are listed, and the first administrator exists. Write instances
 * only.
 */
import { join } from 'node:path';
import {
  type AppliedMigration,
  createDatabase,
  type DatabaseAddress,
  migrate,
  sql,
  type Transaction,
} from '@fineract-gitops/db';
import type { Logger } from '@fineract-gitops/telemetry';
import { hashPassword } from './authentication/index.ts';
import type { PermissionDeclaration } from './domain.ts';
import { type Job, listJobs, migrateQueue } from './jobs/index.ts';

export interface InstallationOptions {
  readonly registry: DatabaseAddress;
  readonly defaultTenant: {
    readonly identifier: string;
    readonly database: string;
    readonly timeZone: string;
  };
  readonly bootstrapAdmin: { readonly username: string; readonly password: string } | null;
  readonly permissions: readonly PermissionDeclaration[];
  readonly jobs: readonly Job[];
  readonly logger: Logger;
}

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
const REGISTRY_LOCK = 7_462_013;

export async function installAndMigrate(options: InstallationOptions): Promise<void> {
  const { registry, defaultTenant, logger } = options;
  await createDatabaseIfMissing(registry, registry.database);
  await createDatabaseIfMissing(registry, defaultTenant.database);
  const registryDb = createDatabase({ ...registry, applicationName: 'migration', poolSizeMax: 1 });
  try {
    await registerDefaultTenant(registryDb, defaultTenant);
    const tenants = await registryDb.rows<{ identifier: string; database_name: string }>(
      sql`select identifier, database_name from tenants order by identifier`,
    );
    for (const { identifier, database_name: database } of tenants) {
      const applied = await migrateTenant({ ...registry, database }, options);
      for (const { name, durationMs } of applied)
        logger.info({ tenant: identifier, name, durationMs }, 'migrated');
    }
  } finally {
    await registryDb.close();
  }
}

/** Migrates and seeds one tenant's database. */
export async function migrateTenant(
  address: DatabaseAddress,
  options: Pick<InstallationOptions, 'permissions' | 'jobs' | 'bootstrapAdmin'>,
): Promise<AppliedMigration[]> {
  const applied = await migrate(address, MIGRATIONS);
  await seedTenant(address, options);
  return applied;
}

async function registerDefaultTenant(
  registryDb: ReturnType<typeof createDatabase>,
  { identifier, database, timeZone }: InstallationOptions['defaultTenant'],
): Promise<void> {
  await registryDb.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${REGISTRY_LOCK}::bigint)`);
    await tx.execute(sql`
      create table if not exists tenants (
        identifier    text primary key,
        name          text not null,
        time_zone     text not null,
        database_name text not null unique,
        created_at    timestamptz not null default now())`);
    await tx.execute(sql`
      insert into tenants (identifier, name, time_zone, database_name)
      values (${identifier}, ${identifier}, ${timeZone}, ${database})
      on conflict (identifier) do nothing`);
  });
}

/** `create database` takes no parameters and no transaction; the name is checked instead. */
async function createDatabaseIfMissing(server: DatabaseAddress, name: string): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name))
    throw new Error('a database name must be lower-case letters, digits and _');
  const reachable = createDatabase({
    ...server,
    database: name,
    applicationName: 'migration',
    poolSizeMax: 1,
  });
  try {
    await reachable.row(sql`select 1 as ok`);
    return;
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error;
  } finally {
    await reachable.close();
  }
  const admin = createDatabase({
    ...server,
    database: 'postgres',
    applicationName: 'migration',
    poolSizeMax: 1,
  });
  try {
    await admin.pool.query(`create database ${name}`);
  } catch (error) {
    // Another instance was first.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await admin.close();
  }
}

async function seedTenant(
  address: DatabaseAddress,
  options: Pick<InstallationOptions, 'permissions' | 'jobs' | 'bootstrapAdmin'>,
): Promise<void> {
  const db = createDatabase({ ...address, applicationName: 'migration', poolSizeMax: 1 });
  try {
    await migrateQueue(db);
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${REGISTRY_LOCK}::bigint)`);
      await listPermissions(tx, options.permissions);
      await listJobs(tx, options.jobs);
      await seedPeople(tx, options.bootstrapAdmin);
    });
  } finally {
    await db.close();
  }
}

async function listPermissions(
  tx: Transaction,
  permissions: readonly PermissionDeclaration[],
): Promise<void> {
  const columns = <K extends keyof PermissionDeclaration>(key: K) =>
    permissions.map((permission) => permission[key]);
  await tx.execute(sql`
    insert into permissions (code, grouping, entity_name, action_name)
    select * from unnest(${columns('code')}::text[], ${columns('grouping')}::text[],
                         ${columns('entity')}::text[], ${columns('action')}::text[])
    on conflict (code) do update set grouping = excluded.grouping`);
}

/** The head office, the system's own user (jobs act in its name; it cannot log in) and the first administrator. */
async function seedPeople(tx: Transaction, admin: InstallationOptions['bootstrapAdmin']): Promise<void> {
  await tx.execute(sql`
    insert into offices (id, hierarchy, name, opening_date)
    select 1, '.1.', 'Head Office', date '2009-01-01' where not exists (select from offices)`);
  await tx.execute(
    sql`select setval(pg_get_serial_sequence('offices', 'id'), (select max(id) from offices))`,
  );
  await tx.execute(sql`
    insert into roles (id, name, description)
    select 1, 'Super user', 'May do everything' where not exists (select from roles)`);
  await tx.execute(sql`select setval(pg_get_serial_sequence('roles', 'id'), (select max(id) from roles))`);
  await tx.execute(sql`insert into role_permissions values (1, 'ALL_FUNCTIONS') on conflict do nothing`);
  await tx.execute(sql`
    insert into users (office_id, username, firstname, lastname, enabled)
    values (1, 'system', 'System', 'User', false) on conflict (username) do nothing`);
  if (admin) await seedAdministrator(tx, admin);
}

async function seedAdministrator(
  tx: Transaction,
  { username, password }: NonNullable<InstallationOptions['bootstrapAdmin']>,
): Promise<void> {
  // Looked up first: a password's hash takes 16 MB, which the process would keep at every later start.
  if (await tx.rowOrNull(sql`select id from users where username = ${username}`)) return;
  const passwordHash = await hashPassword(password);
  await tx.execute(sql`
    with created as (
      insert into users (office_id, username, firstname, lastname, password_hash, password_never_expires)
      values (1, ${username}, 'Bank', 'Administrator', ${passwordHash}, true)
      returning id)
    insert into user_roles (user_id, role_id) select id, 1 from created`);
}
