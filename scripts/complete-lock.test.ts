import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries } from './complete-lock.mjs';

test('the lock knows the packages of every platform, so that `npm ci` accepts it', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));
  const missing = Object.keys(missingEntries(lock.packages));
  expect(missing, 'run `node scripts/complete-lock.mjs` and commit package-lock.json').toEqual([]);
});

test('a package that is left out is completed with what its name tells', () => {
  const packages = {
    'node_modules/tool': {
      dev: true,
      optionalDependencies: { '@tool/cli-linux-arm64-musl': '1.2.3', other: '1.0.0' },
    },
    'node_modules/tool/node_modules/other': { version: '1.0.0' },
  };
  expect(missingEntries(packages)).toEqual({
    'node_modules/@tool/cli-linux-arm64-musl': {
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  });
});
