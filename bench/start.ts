/**
 * How long `npm start` takes until the bank is open, on empty data (with the demo bank) and again on the same data, and
 * what each service keeps in memory when it is idle. Seconds and megabytes of this machine: not a ratio.
 */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  startBank,
} from '../tests/support/running-bank.ts';

const IDLE_SECONDS = 10;
const json = process.argv.includes('--json');

async function timedStart(directory: string): Promise<{ bank: RunningBank; seconds: number }> {
  const startedAt = performance.now();
  const bank = await startBank({ directory, args: [], env: { TEST_HEADERS_ENABLED: 'false' } });
  return { bank, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

function residentMegabytes(bank: RunningBank): Record<string, number> {
  const megabytes = (pid: number) => {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  };
  return Object.fromEntries(bank.runState().services.map(({ name, pid }) => [name, megabytes(pid)]));
}

const directory = newDataDirectory();
try {
  const first = await timedStart(directory);
  await first.bank.stop();
  const second = await timedStart(directory);
  await setTimeout(IDLE_SECONDS * 1000);
  const residentMb = residentMegabytes(second.bank);
  await second.bank.stop();
  const result = { firstStartSeconds: first.seconds, secondStartSeconds: second.seconds, residentMb };
  process.stdout.write(
    json
      ? `${JSON.stringify(result)}\n`
      : `first start ${first.seconds} s, second start ${second.seconds} s\nidle, MB: ${Object.entries(
          residentMb,
        )
          .map(([name, mb]) => `${name} ${mb}`)
          .join(', ')}\n`,
  );
} finally {
  removeDataDirectory(directory);
}
