import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import type { Layout } from './layout.ts';

export interface DemoTarget {
  url: string;
  username: string;
  password: string;
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

/** Loads the demo bank as anyone would: with `fineract-gitops config apply`, over the API. */
export async function loadDemo(layout: Layout, fingerprint: string, target: DemoTarget): Promise<void> {
  const apply = commands.find(({ path }) => path === 'config apply');
  if (!apply) return;
  const { command } = await apply.load();
  const options = { ...target, yes: true, json: true };
  await command.run({ args: [layout.demoBank], options });
  writeFileSync(layout.demoMark, fingerprint);
}
