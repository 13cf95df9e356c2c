import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  runCommand,
  startBank,
} from '../support/running-bank.ts';

/** What the bank on one machine does when things end that should not. */

let directory: string;
let bank: RunningBank | undefined;

beforeAll(() => {
  directory = newDataDirectory();
});
afterEach(async () => {
  await bank?.stop();
  bank = undefined;
});
afterAll(() => removeDataDirectory(directory));

async function open(...more: string[]): Promise<RunningBank> {
  bank = await startBank({ directory, args: ['--no-demo', ...more] });
  return bank;
}

/** Reads something through gateway, read instance and database, as an API client. */
function readOffices({ urls, demoPassword }: RunningBank): Promise<Response> {
  return fetch(`${urls['gateway']}/fineract-provider/api/v1/offices`, {
    headers: {
      'fineract-platform-tenantid': 'default',
      authorization: `Basic ${Buffer.from(`admin:${demoPassword}`).toString('base64')}`,
    },
  });
}

async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 45_000;
  while (!(await Promise.resolve(condition()).catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}`);
    await sleep(100);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the bank on one machine', () => {
  it('opens, is refused a second time, and leaves nothing running when it closes', async () => {
    const first = await open();
    expect((await readOffices(first)).status).toBe(200);
    const status = JSON.parse((await runCommand('status', '--data', directory, '--json')).stdout);
    expect(status).toMatchObject({ running: true, ready: true, profile: 'local' });

    const second = await runCommand('start', '--data', directory, '--port', '0');
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The bank already runs at http.*stop it with/),
    });

    const { services, supervisor } = first.runState();
    expect(services.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['postgres', 'write', 'gateway', 'inbox']),
    );
    expect(await first.stop()).toBe(0);
    expect([supervisor, ...services].filter(({ pid }) => isRunning(pid))).toEqual([]);
    expect((await runCommand('status', '--data', directory)).code).toBe(3);
  });

  it('brings back every service that is killed, PostgreSQL as well', async () => {
    const running = await open();
    const before = running.runState().services;
    for (const { pid } of before) process.kill(pid, 'SIGKILL');
    const pidOf = (name: string) => running.runState().services.find((service) => service.name === name)?.pid;
    for (const { name, pid } of before) {
      await eventually(() => pidOf(name) !== pid && isRunning(pidOf(name)!), `${name} runs again`);
    }
    await eventually(async () => (await readOffices(running)).status === 200, 'the bank answers again');
    expect(await running.stop()).toBe(0);
  });

  it('clears up after a supervisor that was killed', async () => {
    const killed = await open();
    const { services } = killed.runState();
    killed.supervisor.kill('SIGKILL');
    await eventually(() => killed.supervisor.signalCode !== null, 'the supervisor is gone');
    expect(services.some(({ pid }) => isRunning(pid))).toBe(true);

    const next = await open();
    expect(services.filter(({ pid }) => isRunning(pid))).toEqual([]);
    expect((await readOffices(next)).status).toBe(200);
  });

  it('stops by command', async () => {
    const running = await open();
    const { services } = running.runState();
    expect(await runCommand('stop', '--data', directory)).toMatchObject({
      code: 0,
      stdout: 'The bank is closed.\n',
    });
    expect(services.filter(({ pid }) => isRunning(pid))).toEqual([]);
  });

  it('says that a port is taken, before it starts anything', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as { port: number };
    const refused = await runCommand('start', '--data', directory, '--port', `${port}`);
    other.close();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(new RegExp(`^Port ${port} \\(gateway\\) is taken by another program`));
  });

  it('deletes the bank only when told twice', async () => {
    const refused = await runCommand('start', '--data', directory, '--port', '0', '--reset');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') });
    const kept = await open();
    const password = kept.demoPassword;
    await kept.stop();
    const anew = await open('--reset', '--yes');
    expect(anew.demoPassword).not.toBe(password);
    expect((await readOffices(anew)).status).toBe(200);
  });
});
