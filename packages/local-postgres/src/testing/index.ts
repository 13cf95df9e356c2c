import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { withClient } from '../databases.ts';
import type {} from './global-setup.ts';

export interface TestDatabase extends AsyncDisposable {
  name: string;
  url: string;
  drop(): Promise<void>;
}

/** A prepared database that tests get copies of; it is prepared once per run, whichever test file comes first. */
export interface TestTemplate {
  /** Lower-case letters, digits and underscores; names the preparation, for example `fineract_tenant`. */
  name: string;
  /** Fills the empty template, for example by migrating it; all its connections must be closed when it returns. */
  prepare(url: string): Promise<void>;
}

/** Address of the run's own PostgreSQL (maintenance database, superuser). */
export function testServerUrl(): string {
  return inject('postgresUrl');
}

/**
 * A database of its own for one test or test file: empty, or a copy of `template`. Dropped by `drop()` or
 * `await using`; what is left over goes with the run's cluster.
 */
export async function createTestDatabase(options: { template?: TestTemplate } = {}): Promise<TestDatabase> {
  const server = testServerUrl();
  if (options.template) await ensureTemplate(server, options.template);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const source = options.template ? ` TEMPLATE ${pg.escapeIdentifier(options.template.name)}` : '';
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name}${source}`));
  const drop = async () => {
    await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { name, url: urlOf(server, name), drop, [Symbol.asyncDispose]: drop };
}

/** Test files run in parallel processes: an advisory lock lets one prepare, and a rename marks the template whole. */
async function ensureTemplate(server: string, template: TestTemplate): Promise<void> {
  const draft = `${template.name}_draft`;
  await withClient(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`template ${template.name}`]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1', [
      template.name,
    ]);
    if (rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(draft)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(draft)}`);
    await template.prepare(urlOf(server, draft));
    await client.query(
      `ALTER DATABASE ${pg.escapeIdentifier(draft)} RENAME TO ${pg.escapeIdentifier(template.name)}`,
    );
  });
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
