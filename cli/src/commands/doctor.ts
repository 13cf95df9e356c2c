import { execFile } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresBinaries } from '@fineract-gitops/local-postgres';
import Table from 'cli-table3';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { layoutOf, projectRoot } from '../local/layout.ts';
import { parsePort, publicPorts } from '../local/ports.ts';
import { isAlive } from '../local/process-identity.ts';
import { findRedis } from '../local/redis.ts';
import { readRunState } from '../local/run-file.ts';

const run = promisify(execFile);
const freeBytesMin = 1024 ** 3;

interface Finding {
  name: string;
  state: 'ok' | 'optional' | 'missing';
  text: string;
}

export const command: CommandModule<{ port: number; data?: string }> = {
  description: `Exit code ${ExitCode.missing} when something is missing that \`npm start\` cannot do without.`,
  options: [
    { flags: '--port <number>', text: 'first of the three ports to check', value: 8080, parse: parsePort },
    { flags: '--data <directory>', text: 'data directory to check (default: .data in the project)' },
  ],
  async run({ options }) {
    const findings = await Promise.all([
      checkNode(),
      checkPostgres(),
      checkRedis(),
      checkChromium(),
      checkDisk(),
      checkPorts(options.port, options.data),
    ]);
    const ready = findings.every(({ state }) => state !== 'missing');
    const table = new Table({ head: ['', 'state', ''], style: { head: [], border: [] } });
    for (const { name, state, text } of findings) table.push([name, state, text]);
    const verdict = ready ? 'This machine can run the bank.' : 'Something is missing.';
    return {
      data: { ready, findings },
      text: `${table.toString()}\n${verdict}`,
      exitCode: ready ? ExitCode.ok : ExitCode.missing,
    };
  },
};

async function checkNode(): Promise<Finding> {
  const wanted = join(projectRoot, 'node_modules', '.bin', 'node');
  if (!existsSync(wanted))
    return { name: 'Node', state: 'missing', text: 'the pinned Node is not installed: run `npm run setup`' };
  const { stdout } = await run(wanted, ['--version']);
  return { name: 'Node', state: 'ok', text: `${stdout.trim()} (pinned)` };
}

async function checkPostgres(): Promise<Finding> {
  try {
    const { version, directory } = await findPostgresBinaries();
    return { name: 'PostgreSQL', state: 'ok', text: `${version} in ${directory}` };
  } catch (error) {
    return { name: 'PostgreSQL', state: 'missing', text: (error as Error).message };
  }
}

async function checkRedis(): Promise<Finding> {
  const program = findRedis();
  if (program) return { name: 'Redis', state: 'ok', text: program };
  return {
    name: 'Redis',
    state: 'optional',
    text: 'not there, the bank runs without its cache (Debian: apt-get install redis-server)',
  };
}

async function checkChromium(): Promise<Finding> {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const directories = (process.env.PATH ?? '').split(':');
  const found = directories
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find((path) => existsSync(path));
  if (found) return { name: 'Chromium', state: 'ok', text: found };
  return {
    name: 'Chromium',
    state: 'optional',
    text: 'not there, needed for the browser tests only (Debian: apt-get install chromium)',
  };
}

async function checkDisk(): Promise<Finding> {
  const { bavail, bsize } = statfsSync(projectRoot);
  const free = bavail * bsize;
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  if (free >= freeBytesMin) return { name: 'Disk', state: 'ok', text };
  return { name: 'Disk', state: 'missing', text: `${text}: the bank wants at least 1 GiB` };
}

async function checkPorts(port: number, data: string | undefined): Promise<Finding> {
  const state = readRunState(layoutOf(data).run);
  if (state && isAlive(state.supervisor)) {
    return { name: 'Ports', state: 'ok', text: `in use by the bank at ${state.urls['gateway']}` };
  }
  try {
    await publicPorts(port);
    return { name: 'Ports', state: 'ok', text: `${port} to ${port + 2} are free` };
  } catch (error) {
    return { name: 'Ports', state: 'missing', text: (error as Error).message };
  }
}
