/** The options by which commands find the bank and log in; secrets come from the environment only. */
import { CliError } from '../cli-error.ts';
import type { CommandOption } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { createApi, type FineractApi, type Login } from './client.ts';

export interface BankOptions {
  readonly url: string;
  readonly tenant: string;
  readonly username?: string;
  readonly passwordEnv: string;
  readonly tokenEnv: string;
}

export const bankOptions: readonly CommandOption[] = [
  {
    flags: '--url <address>',
    text: 'where the bank is',
    value: process.env['FINERACT_URL'] ?? 'http://localhost:8080',
  },
  { flags: '--tenant <name>', text: 'which tenant', value: process.env['FINERACT_TENANT'] ?? 'default' },
  { flags: '--username <name>', text: 'who logs in (or FINERACT_USERNAME)' },
  {
    flags: '--password-env <name>',
    text: 'environment variable that holds the password',
    value: 'FINERACT_PASSWORD',
  },
  {
    flags: '--token-env <name>',
    text: 'environment variable that holds a bearer token',
    value: 'FINERACT_TOKEN',
  },
];

/**
 * @param attempts how often a request that can be repeated is sent
 * @throws CliError when there is nothing to log in with
 */
export function openBank({ url, tenant, ...login }: BankOptions, attempts?: number): FineractApi {
  return createApi({ url, tenant, login: loginOf(login, process.env), ...(attempts ? { attempts } : {}) });
}

function loginOf(options: Omit<BankOptions, 'url' | 'tenant'>, env: NodeJS.ProcessEnv): Login {
  const username = options.username ?? env['FINERACT_USERNAME'];
  const token = env[options.tokenEnv];
  if (token && !options.username) return { token };
  const password = env[options.passwordEnv];
  if (username && password) return { username, password };
  const lacking = username
    ? `put the password of ${username} into the environment variable ${options.passwordEnv}`
    : `give --username and put the password into the environment variable ${options.passwordEnv}`;
  throw new CliError(`There is nothing to log in with: ${lacking}.`, ExitCode.usage);
}
