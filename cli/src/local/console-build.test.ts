import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { buildConsole, consoleIsStale } from './console-build.ts';
import { projectRoot } from './layout.ts';

it('is stale when there are sources that are newer than the build, or no build', () => {
  const directory = mkdtempSync(join(tmpdir(), 'console-'));
  const write = (path: string, ageSeconds: number) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), '');
    const time = Date.now() / 1000 - ageSeconds;
    utimesSync(join(directory, path), time, time);
  };
  expect(consoleIsStale(directory)).toBe(false);
  write('index.html', 100);
  expect(consoleIsStale(directory)).toBe(true);
  write('dist/index.html', 50);
  write('node_modules/x/index.js', 0);
  expect(consoleIsStale(directory)).toBe(false);
  write('src/deep/page.tsx', 10);
  expect(consoleIsStale(directory)).toBe(true);
  rmSync(directory, { recursive: true });
});

it("fails with Vite's last words", async () => {
  // Inside the project, so that Vite is found.
  const directory = mkdtempSync(join(projectRoot, 'node_modules', '.console-'));
  writeFileSync(join(directory, 'package.json'), '{}');
  writeFileSync(join(directory, 'index.html'), '<script type="module" src="/missing.ts"></script>');
  await expect(buildConsole(directory)).rejects.toThrow(/^The console could not be built:\n.*missing/s);
  rmSync(directory, { recursive: true });
});
