import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fineract-gitops', 'python');

/** Packages of the Python registry: one to run, one for the schemas of Kubernetes' own kinds that it carries. */
const packages = ['checkov==3.3.30', 'kubernetes-validate==1.37.0'];

/**
 * Installs them into a virtual environment in the user's cache, outside the checkout; nothing when it is there.
 *
 * @returns the environment's folder
 * @throws Error with a sentence when Python or the registry is missing
 */
export async function installPythonTools(): Promise<string> {
  const folder = join(cache, packages.join('+'));
  if (existsSync(folder)) return folder;
  // Its scripts name the path they were made at, so the tests start its python instead; that one may be moved.
  const building = `${folder}.building`;
  await rm(building, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', building]);
    await run(join(building, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], {
      timeout: 900_000,
      maxBuffer: 64 * 1024 ** 2,
    });
  } catch (cause) {
    throw new Error(
      'checkov could not be installed: this test needs Python 3.9 or newer with venv (Debian: python3-venv), and the Python registry once.',
      { cause },
    );
  }
  await rename(building, folder);
  return folder;
}

if (import.meta.main) console.log(await installPythonTools());
