import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPostgresBinaries } from './binaries.ts';

afterEach(() => vi.unstubAllEnvs());

describe('findPostgresBinaries', () => {
  it('finds a PostgreSQL 15 on this machine', async () => {
    const binaries = await findPostgresBinaries();
    expect(binaries.version).toMatch(/^15\.\d+$/);
  });

  it('passes over a directory whose PostgreSQL is of another version or cannot run', async () => {
    const place = mkdtempSync(join(tmpdir(), 'binaries-'));
    writeFileSync(join(place, 'postgres'), '#!/bin/sh\necho "postgres (PostgreSQL) 9.6.24"\n', {
      mode: 0o755,
    });
    symlinkSync('postgres', join(place, 'initdb'));
    vi.stubEnv('LOCAL_POSTGRES_BIN', place);
    expect((await findPostgresBinaries()).directory).not.toBe(place);
    writeFileSync(join(place, 'postgres'), '#!/bin/sh\nexit 127\n');
    expect((await findPostgresBinaries()).directory).not.toBe(place);
    rmSync(place, { recursive: true });
  });
});
