import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzip } from 'fflate';
import { installJars } from './maven.ts';

const version = '26.7.2';
const archive = `keycloak-quarkus-dist-${version}.zip`;
const sha256 = '744ced2aee48932be2de935ff380085ebded737655c0986aa3512bbcec62f69b';

/** Installs the Keycloak that the interoperability tests start: `node tests/interop/setup/keycloak.ts` prints where. */
export async function installKeycloak(): Promise<string> {
  const path = `org/keycloak/keycloak-quarkus-dist/${version}/${archive}`;
  const directory = await installJars(`keycloak-${version}`, { [path]: sha256 });
  const home = join(directory, 'home');
  if (existsSync(home)) return home;
  const unpacked = join(directory, `unpacked-${process.pid}`);
  await unpack(await readFile(join(directory, archive)), unpacked);
  await build(join(unpacked, `keycloak-${version}`));
  // Two test runs may do this at once: the directory is there whole or not at all.
  await rename(join(unpacked, `keycloak-${version}`), home).catch(() => {});
  await rm(unpacked, { recursive: true, force: true });
  return home;
}

async function unpack(archived: Uint8Array, directory: string): Promise<void> {
  const files = await promisify<Uint8Array, Record<string, Uint8Array>>(unzip)(archived);
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) continue;
    const file = join(directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Settles once what it would otherwise work out, slowly, at every start. */
async function build(home: string): Promise<void> {
  const options = ['build', '--db=dev-file', '--cache=local'];
  await promisify(execFile)('sh', [join(home, 'bin', 'kc.sh'), ...options]).catch((cause: unknown) => {
    throw new Error('Keycloak could not be prepared: it needs Java 17 or newer', { cause });
  });
}

if (import.meta.main) console.log(await installKeycloak());
