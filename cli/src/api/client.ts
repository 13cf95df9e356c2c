/**
 * A small client of Fineract's HTTP API, for the commands that load and migrate data. It works against this bank and
 * against Apache Fineract.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Decimal, decimal } from '@fineract-gitops/money';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { toRefusal } from './errors.ts';

export interface ApiOptions {
  /** The bank's address: `http://localhost:8080`, or with the API's own path (`…/api/v1`). */
  readonly url: string;
  readonly tenant: string;
  readonly login: Login;
  /** How often a request that can be repeated is sent, each time after a longer wait; 4 unless said, about two seconds. */
  readonly attempts?: number;
}

export type Login = { readonly username: string; readonly password: string } | { readonly token: string };

export interface WriteOptions {
  /** Makes the write safe to send again; only writes that carry one are sent again. */
  readonly idempotencyKey?: string;
}

/** What a write answers: Fineract's command result. */
export interface WriteResult {
  readonly resourceId?: number;
  readonly clientId?: number;
  readonly savingsId?: number;
  readonly changes?: Readonly<Record<string, unknown>>;
}

/** A JSON number as `getExact` reads it: a fraction keeps every digit. */
export type ExactNumber = number | Decimal;

export interface FineractApi {
  get<T>(path: string): Promise<T>;
  /** Reads amounts exactly, as ExactNumber. */
  getExact<T>(path: string): Promise<T>;
  /** @param body as an object, or as JSON text that is sent as it is */
  post(path: string, body: object | string, options?: WriteOptions): Promise<WriteResult>;
  put(path: string, body: object): Promise<WriteResult>;
}

const API_PATH = '/fineract-provider/api/v1';
const ATTEMPTS = 4;
/** For long work that outlives a restart of the bank: waits about half a minute. */
export const PATIENT_ATTEMPTS = 8;
const RETRY_DELAY_MS = 250;
const TIMEOUT_MS = 120_000;
/** The gateway cannot reach the instance, or the instance its database: nothing is known to have happened. */
const PASSING_STATUSES = [425, 502, 503, 504];

export function createApi(options: ApiOptions): FineractApi {
  const base = baseOf(options.url);
  const { attempts = ATTEMPTS } = options;
  const headers = {
    'fineract-platform-tenantid': options.tenant,
    authorization: authorizationOf(options.login),
    accept: 'application/json',
  };
  const write = async (
    method: string,
    path: string,
    body: object | string,
    { idempotencyKey }: WriteOptions,
  ) => {
    const request: RequestInit = {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const text = await send(base, path, request, idempotencyKey === undefined ? 1 : attempts);
    return JSON.parse(text || '{}') as WriteResult;
  };
  return {
    get: async <T>(path: string) =>
      JSON.parse(await send(base, path, { method: 'GET', headers }, attempts)) as T,
    getExact: async <T>(path: string) =>
      JSON.parse(await send(base, path, { method: 'GET', headers }, attempts), keepDigits as Reviver) as T,
    post: (path, body, writeOptions = {}) => write('POST', path, body, writeOptions),
    put: (path, body) => write('PUT', path, body, {}),
  };
}

type Reviver = Parameters<typeof JSON.parse>[1];

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  const fraction = typeof value === 'number' && !Number.isSafeInteger(value);
  return fraction ? decimal(context.source ?? String(value)) : value;
}

function baseOf(address: string): string {
  if (!URL.canParse(address) || !/^https?:/.test(address)) {
    throw new CliError(`${address} is not an address. Write it like http://localhost:8080.`, ExitCode.usage);
  }
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/api/v1') ? path : `${path.replace(/\/fineract-provider$/, '')}${API_PATH}`}`;
}

function authorizationOf(login: Login): string {
  if ('token' in login) return `Bearer ${login.token}`;
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

/** Sends until it is answered; a write without an idempotency key is sent once, for it may have happened. */
async function send(base: string, path: string, request: RequestInit, attempts: number): Promise<string> {
  const what = `${request.method} ${path.replace(/\?.*/, '')}`;
  for (let attempt = 1; ; attempt++) {
    const last = attempt === attempts;
    try {
      const response = await fetch(base + path, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
      const text = await response.text();
      if (response.ok) return text;
      if (last || !PASSING_STATUSES.includes(response.status)) throw toRefusal(response.status, text, what);
    } catch (error) {
      if (error instanceof CliError) throw error;
      if (last) throw unreachable(base, what, error);
    }
    await sleep(RETRY_DELAY_MS * 2 ** (attempt - 1));
  }
}

function unreachable(base: string, what: string, error: unknown): CliError {
  const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
  return new CliError(
    `The bank at ${new URL(base).origin} does not answer (${what}: ${cause}). Start it, or give its address with --url.`,
    ExitCode.missing,
    { cause: error },
  );
}
