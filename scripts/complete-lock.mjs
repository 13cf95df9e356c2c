/**
 * Completes package-lock.json with the packages of other platforms. Where the registry does not offer them, npm leaves
 * them out of the lock without a word, and its next `npm ci` refuses that very lock. Run it after `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './setup.mjs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** True when the lock has the package where `from` would find it. */
function isLocked(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** What the lock says of a package that only some platform installs; its name tells which. */
function entryOf(name, version, dev) {
  const words = name.split(/[-/.]/);
  const one = (key, known) => {
    const found = known.find((value) => words.includes(value));
    return found ? { [key]: [found] } : {};
  };
  return {
    version,
    ...one('cpu', processors),
    ...(dev ? { dev } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    optional: true,
    ...one('os', systems),
  };
}

/** Entries that the lock lacks, by path; empty when `npm ci` will accept it. */
export function missingEntries(packages) {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => /^\d/.test(version) && !isLocked(packages, path, name))
      .map(([name, version]) => [`node_modules/${name}`, entryOf(name, version, dev)]),
  );
  return Object.fromEntries(missing);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = missingEntries(lock.packages);
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.error(`Added ${Object.keys(missing).length} packages of other platforms to package-lock.json.`);
}
