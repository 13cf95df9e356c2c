import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@fineract-gitops/local-postgres';
import { installKeycloak } from './setup/keycloak.ts';

const START_DEADLINE_MS = 180_000;

export type Keycloak = { url: string; stop: () => Promise<void> };

/** A Keycloak of its own that has imported `realmFile`, its placeholders taken from `environment`. */
export async function startKeycloak(
  realmFile: string,
  environment: Record<string, string>,
): Promise<Keycloak> {
  const installed = await installKeycloak();
  const home = mkdtempSync(join(tmpdir(), 'keycloak-'));
  // It writes into its own folders; only its libraries, which are large and stay as they are, are shared.
  for (const part of ['bin', 'conf', 'providers'])
    cpSync(join(installed, part), join(home, part), { recursive: true });
  cpSync(join(installed, 'lib'), join(home, 'lib'), {
    recursive: true,
    filter: (path) => !path.endsWith('/main'),
  });
  symlinkSync(join(installed, 'lib', 'lib', 'main'), join(home, 'lib', 'lib', 'main'));
  mkdirSync(join(home, 'data', 'import'), { recursive: true });
  cpSync(realmFile, join(home, 'data', 'import', 'realm.json'));
  const port = await freePort();
  const options = [
    'start',
    '--optimized',
    '--import-realm',
    '--http-enabled=true',
    '--hostname-strict=false',
  ];
  options.push(`--http-port=${port}`, '--http-host=127.0.0.1');
  const child = spawn('sh', [join(home, 'bin', 'kc.sh'), ...options], {
    env: { ...process.env, ...environment, JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx400m' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid!, 'SIGKILL');
      await exited;
    }
    rmSync(home, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!(await answers(`${url}/realms/fineract`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Keycloak did not start (it needs Java 17 or newer):\n${output.slice(-2000)}`);
    }
    await sleep(250);
  }
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
