import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { type Layout, projectRoot } from './layout.ts';

export interface DemoTarget {
  url: string;
  /** Of `admin`, and the first password of the demo users. */
  password: string;
  signal: AbortSignal;
}

/** The text that changes whenever a file of the demo bank does; undefined when there is no demo bank. */
export function demoFingerprint({ demoBank }: Layout): string | undefined {
  if (!existsSync(demoBank)) return undefined;
  const files = readdirSync(demoBank, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ya?ml$/.test(name),
  );
  if (files.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(demoBank, name)));
  return hash.digest('hex');
}

/** True when this bank has the demo bank as it stands in the files now. */
export function demoIsLoaded(layout: Layout, fingerprint: string): boolean {
  return existsSync(layout.demoMark) && readFileSync(layout.demoMark, 'utf8') === fingerprint;
}

/**
 * Loads the demo bank as anyone would: with `fineract-gitops config apply` over the API, in a process of its own so that
 * its libraries do not stay in the supervisor's memory.
 * @throws CliError with what the command said
 */
export async function loadDemo(layout: Layout, fingerprint: string, target: DemoTarget): Promise<void> {
  const { url, password, signal } = target;
  const words = ['config', 'apply', layout.demoBank, '--yes', '--url', url, '--username', 'admin'];
  const child = spawn(process.execPath, [join(projectRoot, 'cli', 'src', 'main.ts'), ...words], {
    env: { ...process.env, FINERACT_PASSWORD: password, DEMO_PASSWORD: password },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('close', done);
  });
  if (code !== 0) throw new CliError(summarise(said));
  writeFileSync(layout.demoMark, fingerprint);
}

/** The first problem; the command itself, run by hand, tells all of them. */
function summarise(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const more =
    lines.length > 1 ? ' (`npm run fineract-gitops -- config plan bank-config/demo` tells more)' : '';
  return `${lines[0]?.trim() ?? 'the loader was ended'}${more}`;
}
