import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../cli-error.ts';

/** Made at the first start and kept beside the data that they protect; never in Git, never in a log. */
export interface Secrets {
  postgresPassword: string;
  redisPassword: string;
  /** Of the demo users `admin`, `teller` and `auditor`; the banner shows it. */
  demoPassword: string;
  gatewayClientSecret: string;
  userSyncClientSecret: string;
  userSyncToken: string;
  sessionSecret: string;
}

/** The secrets of this bank; missing ones are made and stored (mode 0600). */
export function ensureSecrets(path: string): Secrets {
  const stored = existsSync(path) ? parse(path) : {};
  const secrets: Secrets = { ...makeSecrets(), ...stored };
  if (Object.keys(stored).length !== Object.keys(secrets).length) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return secrets;
}

function parse(path: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>;
  } catch (cause) {
    throw new CliError(
      `${path} is not readable JSON: restore it, or begin anew with \`npm start -- --reset\`.`,
      1,
      { cause },
    );
  }
}

function makeSecrets(): Secrets {
  const random = () => randomBytes(32).toString('base64url');
  return {
    postgresPassword: random(),
    redisPassword: random(),
    demoPassword: makePassword(),
    gatewayClientSecret: random(),
    userSyncClientSecret: random(),
    userSyncToken: random(),
    sessionSecret: random(),
  };
}

/** Easy to type from a terminal, without look-alikes, and of every class of character; 66 bits. */
function makePassword(): string {
  const alphabets = [
    'ABCDEFGHJKLMNPQRSTUVWXYZ',
    'abcdefghijkmnpqrstuvwxyz',
    '23456789',
    'abcdefghijkmnpqrstuvwxyz',
  ];
  const pick = (alphabet: string) => alphabet[randomInt(alphabet.length)]!;
  return Array.from({ length: 4 }, () => alphabets.map(pick).join('')).join('-');
}
