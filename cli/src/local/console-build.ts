import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.ts';

/** Whether this checkout has the console's sources. */
export function hasConsole(directory: string): boolean {
  return existsSync(join(directory, 'index.html'));
}

/** Where the built console is, or will be. */
export function builtConsole(directory: string): string {
  return join(directory, 'dist');
}

/** True when there is a console whose build is missing or older than its sources. */
export function consoleIsStale(directory: string): boolean {
  if (!hasConsole(directory)) return false;
  const built = statSync(join(builtConsole(directory), 'index.html'), { throwIfNoEntry: false });
  return !built || newest(directory) > built.mtimeMs;
}

/** Modification time of the newest source, in milliseconds. */
function newest(directory: string): number {
  const entries = readdirSync(directory, { withFileTypes: true }).filter(
    ({ name }) => !['node_modules', 'dist', '.vite'].includes(name),
  );
  return Math.max(
    0,
    ...entries.map((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

/** Builds the console with Vite. @throws CliError with Vite's last words */
export async function buildConsole(directory: string): Promise<void> {
  const vite = createRequire(join(directory, 'package.json')).resolve('vite/package.json');
  const child = spawn(
    process.execPath,
    [join(dirname(vite), 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0)
    throw new CliError(`The console could not be built:\n${output.trim().split('\n').slice(-15).join('\n')}`);
}
