import { CliError } from '../cli-error.ts';
import { type CommandModule, talk } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { banner } from '../local/banner.ts';
import { checkDisk, orDiskFull } from '../local/disk.ts';
import { layoutOf } from '../local/layout.ts';
import { LocalBank } from '../local/local-bank.ts';
import { LogBook, type LogFormat } from '../local/log-book.ts';
import { parsePort, publicPorts } from '../local/ports.ts';
import { type Profile, profiles, requireDataServices } from '../local/profile.ts';
import { confirmReset, deleteBank } from '../local/reset.ts';
import { RunFile } from '../local/run-file.ts';
import { ensureSecrets, type Secrets } from '../local/secrets.ts';
import type { StepTiming } from '../local/steps.ts';

interface StartOptions {
  port: number;
  profile: Profile;
  reset: boolean;
  demo: boolean;
  yes: boolean;
  logFormat: LogFormat;
  timings: boolean;
  data?: string;
}

export const command: CommandModule<StartOptions> = {
  description: [
    'Starts every service of the bank as a process of its own and keeps it running until Ctrl-C or SIGTERM.',
    'The local profile brings its own PostgreSQL; the others take the data services that the profile names from',
    'DATABASE_URL, REDIS_URL, KAFKA_BROKERS and OBJECTS_URL.',
  ].join(' '),
  options: [
    {
      flags: '--port <number>',
      text: 'port of the console; the next two serve identity and inbox',
      value: 8080,
      parse: parsePort,
    },
    { flags: '--profile <name>', text: 'which data services', value: 'local', choices: profiles },
    { flags: '--reset', text: 'delete the data of the local profile and begin anew', value: false },
    { flags: '--no-demo', text: 'do not load the demo bank' },
    { flags: '--yes', text: 'do not ask before deleting', value: false },
    {
      flags: '--log-format <format>',
      text: 'how the logs look on the terminal',
      value: 'text',
      choices: ['text', 'json'],
    },
    { flags: '--timings', text: 'print how long each step took', value: false },
    { flags: '--data <directory>', text: 'where data, secrets and logs are (default: .data in the project)' },
  ],
  run: ({ options }) => start(options),
};

type Options = StartOptions & { json: boolean };

async function start(options: Options): Promise<undefined> {
  const layout = layoutOf(options.data);
  const { profile } = options;
  if (options.reset && profile !== 'local') {
    throw new CliError(
      `--reset is for the local profile; the ${profile} profile's data is not ours to delete.`,
      2,
    );
  }
  const dataServices = await requireDataServices(profile, process.env);
  checkDisk(layout.data);
  const runFile = await RunFile.claim(layout.run, profile);
  const stopped = catchSignals();
  try {
    if (options.reset) {
      await confirmReset(layout, options.yes);
      deleteBank(layout);
    }
    const ports = await publicPorts(options.port);
    const secrets = ensureSecrets(layout.secrets);
    const logs = new LogBook(layout.logs, options.logFormat);
    const bank = new LocalBank({ ...options, layout, dataServices, secrets, ports, runFile, logs });
    await runBank(bank, logs, secrets, options, stopped);
  } catch (error) {
    throw orDiskFull(error, layout.data);
  } finally {
    runFile.release();
  }
}

/** From the first process to the last: opens the bank, shows its logs until it is told to stop, and closes it. */
async function runBank(
  bank: LocalBank,
  logs: LogBook,
  { demoPassword }: Secrets,
  { json, timings }: Options,
  stopped: Promise<NodeJS.Signals>,
): Promise<void> {
  try {
    const steps = await Promise.race([bank.start(), stopped.then(() => undefined)]);
    if (!steps) return;
    const tookSeconds = performance.now() / 1000; // since this process began
    announce(bank, demoPassword, { json, tookSeconds, timings: timings ? steps : undefined });
    logs.show();
    await stopped;
  } finally {
    talk('Closing the bank …');
    await bank.stop();
    await logs.close();
  }
}

function announce(
  bank: LocalBank,
  demoPassword: string,
  { json, timings, tookSeconds }: { json: boolean; timings: StepTiming[] | undefined; tookSeconds: number },
): void {
  const { urls, remarks } = bank;
  if (json)
    process.stdout.write(`${JSON.stringify({ urls, demoPassword, remarks, tookSeconds, timings })}\n`);
  else talk(banner({ urls, demoPassword, remarks, tookSeconds }));
  if (timings && !json) talk(timings.map(describeTiming).join('\n'));
}

function describeTiming({ name, beganMs, tookMs }: StepTiming): string {
  return `${name.padEnd(10)} ${String(tookMs).padStart(6)} ms, begun after ${beganMs} ms`;
}

/**
 * Settles at the first Ctrl-C or SIGTERM. The terminal and npm both send it, so a second one within a moment is the
 * same; a later one means that someone will not wait.
 */
function catchSignals(): Promise<NodeJS.Signals> {
  // A closed terminal sends SIGHUP and takes no more text; that must not keep us from closing in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let first = 0;
  return new Promise((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (first && Date.now() - first > 1_500) process.exit(ExitCode.interrupted);
        first ||= Date.now();
        stopped(signal);
      });
    }
  });
}
