/**
 * Brings a fresh clone (or an old one) to where it can start: the npm packages of the lock file, the pinned Node, and
 * the system's optional programs where we may install them. Plain JavaScript without packages, for any Node >= 20,
 * because it runs before anything is installed. Running it twice does nothing the second time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
/** The Node that runs everything but these scripts. */
export const pinnedNode = join(bin, 'node');

/** Ends the script with a sentence that says what to do. */
function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

function say(text) {
  console.error(`setup: ${text}`);
}

/** Makes sure of everything that `npm start` needs. */
export function setup() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`This needs Node 20 or newer and runs on ${process.version}: install a newer Node.`);
  installPackages();
  checkPinnedNode();
  process.env.PATH = `${bin}:${process.env.PATH}`;
  installProgram('redis-server', 'redis-server', 'the bank starts without its cache');
}

function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** True when node_modules holds what the lock file asks for; packages of other platforms may be absent. */
export function packagesAreInstalled(directory = root) {
  const wanted = readLock(join(directory, 'package-lock.json')) ?? {};
  const installed = readLock(join(directory, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

function installPackages() {
  if (packagesAreInstalled()) return;
  say('installing the npm packages of package-lock.json (about a minute the first time) …');
  const { status, error } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (error) fail('npm was not found: install it (it comes with Node) and run this again.');
  if (status !== 0)
    fail('`npm ci` failed for the reason above: mend that (network? disk?) and run this again.');
}

/** The npm that started us, if one did; else the one on the path. */
function npm(args) {
  const script = process.env.npm_execpath;
  const known = script?.endsWith('npm-cli.js') && existsSync(script);
  const [command, first] = known ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
}

/** The `node` package fetches its binary in an install script, which some npm settings turn off. */
function checkPinnedNode() {
  const wanted = readLock(join(root, 'package-lock.json'))['node_modules/node'].version;
  const version = () => spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  if (version() === `v${wanted}`) return;
  say(`fetching Node ${wanted} …`);
  npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error']);
  if (version() !== `v${wanted}`) {
    fail(
      `Node ${wanted} could not be installed by npm's \`node\` package: allow npm's install scripts and run \`npm ci\`.`,
    );
  }
}

/**
 * Installs a program of the system through apt-get if it is missing and we may. The bank runs without it, so a failure
 * is only said, and not tried again for a day.
 */
export function installProgram(program, debianPackage, otherwise) {
  if (onPath(program)) return;
  const mark = join(root, '.data', `no-${program}`);
  const dayMs = 24 * 60 * 60 * 1000;
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get');
  if (!mayInstall || (existsSync(mark) && Date.now() - statSync(mark).mtimeMs < dayMs)) {
    say(`${program} is not installed (Debian: apt-get install ${debianPackage}); ${otherwise}.`);
    return;
  }
  say(`installing ${program} …`);
  const install = ['install', '--yes', '--quiet=2', '--no-install-recommends', debianPackage];
  if (apt(install) || (apt(['update', '--quiet=2']) && apt(install))) return;
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, '');
  say(`${program} could not be installed; ${otherwise}.`);
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'ignore'], timeout: 180_000 }).status === 0
  );
}

function onPath(program) {
  return (process.env.PATH ?? '').split(':').some((directory) => existsSync(join(directory, program)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  say('everything is in place.');
}
