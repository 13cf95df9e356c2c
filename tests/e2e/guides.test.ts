/** The commands of the guides, as they are written there, one after another. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { berkaDirectory, hasBerka } from '../support/berka.ts';
import { type CoreProcess, startCore } from './loading/core-process.ts';

const projectRoot = new URL('../..', import.meta.url).pathname;
let core: CoreProcess;

beforeAll(async () => {
  mkdirSync(join(projectRoot, '.data'), { recursive: true });
  core = await startCore();
});
afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  rmSync(join(projectRoot, '.data', 'berka-report.json'), { force: true });
});

test('bank-configuration.md', () => runsAsWritten('bank-configuration.md'));

test.skipIf(!hasBerka)('migrating-data.md', () => runsAsWritten('migrating-data.md'));

async function runsAsWritten(guide: string): Promise<void> {
  const blocks = [
    ...readFileSync(join(projectRoot, 'docs/guides', guide), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms),
  ];
  expect(blocks.length).toBeGreaterThan(0);
  const { code, said } = await shell(blocks.map(([, commands]) => commands).join('\n'));
  expect(code, said).toBe(0);
}

async function shell(commands: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('sh', ['-e', '-c', commands], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(projectRoot, 'node_modules/.bin')}:${process.env['PATH']}`,
      HOME: process.env['HOME'],
      FINERACT_URL: core.url,
      FINERACT_USERNAME: 'admin',
      FINERACT_PASSWORD: core.password,
      DEMO_PASSWORD: 'a long demonstration password 7!',
      BERKA_DIR: berkaDirectory,
    },
  });
  const code = new Promise<number | null>((done) => child.once('close', done));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, said: out + err };
}
