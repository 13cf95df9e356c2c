import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPostgresClientTools } from './client-tools.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'client-tools-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

/** Programs of another version stand in the preferred directory. */
function install(version: string): void {
  for (const name of ['pg_dump', 'pg_restore']) {
    writeFileSync(join(place, name), `#!/bin/sh\necho "${name} (PostgreSQL) ${version}"\n`);
    chmodSync(join(place, name), 0o755);
  }
  vi.stubEnv('LOCAL_POSTGRES_BIN', place);
}

describe('findPostgresClientTools', () => {
  it('finds those of the server’s version on this machine', async () => {
    expect((await findPostgresClientTools(15)).version).toMatch(/^15\./);
  });

  it('takes newer ones before none, and older ones never', async () => {
    install('91.2');
    expect(await findPostgresClientTools(90)).toEqual({
      dump: join(place, 'pg_dump'),
      restore: join(place, 'pg_restore'),
      version: '91.2',
    });
    await expect(findPostgresClientTools(92)).rejects.toThrow(
      /^pg_dump and pg_restore of PostgreSQL 92 or newer were not found; found are only/,
    );
  });

  it('prefers the server’s own version to a newer one', async () => {
    install('91.2');
    expect((await findPostgresClientTools(15)).version).toMatch(/^15\./);
  });
});
