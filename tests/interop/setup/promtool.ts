import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'fineract-gitops',
  'prometheus',
);

/**
 * Unpacks promtool from Debian's package into the user's cache: nothing is installed and no service is started.
 *
 * @returns the program's path
 * @throws Error with a sentence when Debian's packages cannot be had
 */
export async function installPromtool(): Promise<string> {
  const home = join(cache, 'debian');
  const program = join(home, 'usr/bin/promtool');
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, 'unpacking-'));
  try {
    await run('apt-get', ['download', 'prometheus'], { cwd: building });
    const [archive] = (await readdir(building)).filter((name) => name.endsWith('.deb'));
    await run('dpkg-deb', ['-x', join(building, archive ?? ''), building]);
    // Two test runs may do this at once: the folder is there whole or not at all.
    await rename(building, home).catch(() => {});
  } catch (cause) {
    throw new Error(
      "promtool is missing: this test needs Debian's package archive once (`apt-get update`, then `apt-get download prometheus`).",
      { cause },
    );
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return program;
}

if (import.meta.main) console.log(await installPromtool());
