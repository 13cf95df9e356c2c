import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureSecrets } from './secrets.ts';

it('makes secrets once, readable by their owner alone, and keeps those that are there', () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  const path = join(directory, 'data', 'secrets.json');
  const made = ensureSecrets(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(made.demoPassword).toMatch(/^([A-HJ-NP-Z][a-km-z][2-9][a-km-z]-?){4}$/);
  expect(ensureSecrets(path)).toEqual(made);

  writeFileSync(path, JSON.stringify({ demoPassword: 'chosen' }));
  const completed = ensureSecrets(path);
  expect(completed.demoPassword).toBe('chosen');
  expect(completed.sessionSecret.length).toBeGreaterThanOrEqual(32);

  writeFileSync(path, '{');
  expect(() => ensureSecrets(path)).toThrow(`${path} is not readable JSON`);
  rmSync(directory, { recursive: true });
});
