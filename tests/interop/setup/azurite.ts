import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const version = '3.37.0';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fineract-gitops', 'npm');

/**
 * Installs Azurite, Microsoft's own emulator of Azure Storage, into the user's cache: it brings some 300 packages, which
 * nobody who runs the bank should have to install.
 *
 * @returns the path of its blob server
 * @throws Error with a sentence when the registry cannot be reached
 */
export async function installAzurite(): Promise<string> {
  const home = join(cache, `azurite-${version}`);
  const program = (folder: string) => join(folder, 'node_modules/azurite/dist/src/blob/main.js');
  if (existsSync(program(home))) return program(home);
  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, 'installing-'));
  try {
    await writeFile(join(building, 'package.json'), JSON.stringify({ private: true }));
    const flags = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--save-exact'];
    await promisify(execFile)('npm', ['install', ...flags, `azurite@${version}`], { cwd: building });
    // Two test runs may do this at once: the folder is there whole or not at all.
    await rename(building, home).catch(() => {});
  } catch (cause) {
    throw new Error(`Azurite ${version} is missing: this test needs the npm registry once.`, { cause });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return program(home);
}

if (import.meta.main) console.log(await installAzurite());
