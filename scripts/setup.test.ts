import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagesAreInstalled } from './setup.mjs';

let directory: string;
const write = (path: string, packages: object) =>
  writeFileSync(join(directory, path), JSON.stringify({ packages }));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'setup-'));
  mkdirSync(join(directory, 'node_modules'));
  write('package-lock.json', {
    '': { name: 'x' },
    cli: { version: '1.0.0' },
    'node_modules/cli': { link: true },
    'node_modules/a': { version: '2.0.0' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  });
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('packagesAreInstalled', () => {
  it('is false before the first install', () => expect(packagesAreInstalled(directory)).toBe(false));

  it('is true when every package is there, those of other platforms aside', () => {
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '2.0.0' } });
    expect(packagesAreInstalled(directory)).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a package is older than the lock', { 'node_modules/a': { version: '1.9.9' } }],
    [
      'an optional package is older',
      { 'node_modules/a': { version: '2.0.0' }, 'node_modules/other-platform': { version: '0.9.0' } },
    ],
  ])('is false when %s', (_, packages) => {
    write('node_modules/.package-lock.json', packages);
    expect(packagesAreInstalled(directory)).toBe(false);
  });
});
