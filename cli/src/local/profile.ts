import { connect } from 'node:net';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

export const profiles = ['local', 'minimal', 'standard', 'full'] as const;
export type Profile = (typeof profiles)[number];

/** Addresses of data services that run elsewhere; what a profile does not name is absent, even if it is configured. */
export interface DataServices {
  databaseUrl?: string;
  redisUrl?: string;
  kafkaBrokers?: string;
  objectsUrl?: string;
}

interface Need {
  key: keyof DataServices;
  service: string;
  variable: string;
  example: string;
  profiles: readonly Profile[];
}

/** Which data services each deployment profile names. */
const needs: readonly Need[] = [
  {
    key: 'databaseUrl',
    service: 'PostgreSQL',
    variable: 'DATABASE_URL',
    example: 'postgres://user:password@localhost:5432/postgres',
    profiles: ['minimal', 'standard', 'full'],
  },
  {
    key: 'redisUrl',
    service: 'Redis',
    variable: 'REDIS_URL',
    example: 'redis://localhost:6379',
    profiles: ['standard', 'full'],
  },
  {
    key: 'kafkaBrokers',
    service: 'Kafka',
    variable: 'KAFKA_BROKERS',
    example: 'localhost:9092',
    profiles: ['full'],
  },
  {
    key: 'objectsUrl',
    service: 'S3',
    variable: 'OBJECTS_URL',
    example: 's3://bucket?region=eu-central-1',
    profiles: ['full'],
  },
];

/**
 * The data services of the profile from the environment, each one asked whether it answers.
 * @throws CliError saying in one sentence everything that is missing
 */
export async function requireDataServices(profile: Profile, env: NodeJS.ProcessEnv): Promise<DataServices> {
  const wanted = needs.filter((need) => need.profiles.includes(profile));
  const missing = wanted.filter(({ variable }) => !env[variable]);
  if (missing.length > 0) {
    const list = missing.map(
      ({ service, variable, example }) => `${service} (set ${variable}, for example ${example})`,
    );
    throw new CliError(`The ${profile} profile needs ${joinWords(list)}.`, ExitCode.missing);
  }
  const answers = await Promise.all(wanted.map((need) => unreachable(need, env[need.variable]!)));
  const silent = answers.filter((answer) => answer !== undefined);
  if (silent.length > 0) {
    throw new CliError(
      `The ${profile} profile needs ${joinWords(silent)}: start it or mend its address.`,
      ExitCode.missing,
    );
  }
  return Object.fromEntries(wanted.map(({ key, variable }) => [key, env[variable]]));
}

/** A phrase about the service when nothing listens at its address; the address is shown without user or password. */
async function unreachable({ service, variable }: Need, address: string): Promise<string | undefined> {
  for (const { host, port } of endpointsOf(variable, address)) {
    if (!(await answers(host, port)))
      return `${service}, which does not answer at ${host}:${port} (${variable})`;
  }
  return undefined;
}

function endpointsOf(variable: string, address: string): { host: string; port: number }[] {
  const standardPorts: Record<string, number> = { DATABASE_URL: 5432, REDIS_URL: 6379 };
  try {
    if (variable === 'KAFKA_BROKERS') {
      const [host = '', port] = address.split(',')[0]!.trim().split(':');
      return [{ host, port: Number(port ?? 9092) }];
    }
    const url = new URL(address);
    if (variable !== 'OBJECTS_URL')
      return [{ host: url.hostname, port: Number(url.port || standardPorts[variable]) }];
    const endpoint = url.searchParams.get('endpoint');
    // Without an endpoint it is AWS itself, which is always there to be reached or not.
    if (!endpoint) return [];
    const { hostname, port, protocol } = new URL(endpoint);
    return [{ host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) }];
  } catch (cause) {
    throw new CliError(`${variable} is not an address that can be read.`, ExitCode.usage, { cause });
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
