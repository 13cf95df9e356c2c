import pg from 'pg';

/** Runs `work` with one connection to the database at `url`. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates the databases that are not there yet. `url` is any database of the server, with the right to create. */
export async function ensureDatabases(url: string, names: string[]): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_catalog.pg_database WHERE datname = ANY($1)',
      [names],
    );
    for (const name of names.filter((wanted) => !rows.some((row) => row.datname === wanted))) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    }
  });
}
