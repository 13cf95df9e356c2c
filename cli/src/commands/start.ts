import { CliError } from '../cli-error.ts';
import { type CommandModule, type CommandResult, talk } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { banner } from '../local/banner.ts';
import { layoutOf } from '../local/layout.ts';
import { LocalBank } from '../local/local-bank.ts';
import { LogBook, type LogFormat } from '../local/log-book.ts';
import { parsePort, publicPorts } from '../local/ports.ts';
import { type Profile, profiles, requireDataServices } from '../local/profile.ts';
import { confirmReset, deleteBank } from '../local/reset.ts';
import { RunFile } from '../local/run-file.ts';
import { ensureSecrets } from '../local/secrets.ts';
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

async function start(options: StartOptions & { json: boolean }): Promise<CommandResult | undefined> {
  const began = performance.now();
  const layout = layoutOf(options.data);
  if (options.reset && options.profile !== 'local') {
    throw new CliError(
      `--reset is for the local profile; the ${options.profile} profile's data is not ours to delete.`,
      2,
    );
  }
  const dataServices = await requireDataServices(options.profile, process.env);
  const runFile = await RunFile.claim(layout.run, options.profile);
  const stopped = catchSignals();
  let bank: LocalBank | undefined;
  let logs: LogBook | undefined;
  try {
    if (options.reset) {
      await confirmReset(layout, options.yes);
      deleteBank(layout);
    }
    const ports = await publicPorts(options.port);
    const secrets = ensureSecrets(layout.secrets);
    logs = new LogBook(layout.logs, options.logFormat);
    bank = new LocalBank({ ...options, layout, dataServices, secrets, ports, runFile, logs });
    const timings = await Promise.race([bank.start(), stopped]);
    if (Array.isArray(timings)) {
      const tookSeconds = (performance.now() - began) / 1000;
      announce(bank, secrets.demoPassword, {
        ...options,
        timings: options.timings ? timings : undefined,
        tookSeconds,
      });
      logs.show();
      await stopped;
    }
    return undefined;
  } finally {
    await close(bank, logs, runFile);
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

async function close(
  bank: LocalBank | undefined,
  logs: LogBook | undefined,
  runFile: RunFile,
): Promise<void> {
  if (bank) {
    talk('Closing the bank …');
    await bank.stop();
  }
  await logs?.close();
  runFile.release();
}

/**
 * Settles at the first Ctrl-C or SIGTERM. The terminal and npm both send it, so a second one within a moment is the
 * same; a later one means that someone will not wait.
 */
function catchSignals(): Promise<NodeJS.Signals> {
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
