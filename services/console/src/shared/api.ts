/** The bank's API as the console calls it: session cookie, tenant, exact amounts, one clear sentence for an error. */
import { readSession } from './session.ts';

const BASE = '/api/v1';
const TENANT = 'default';

export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** An amount: whole numbers arrive as numbers, fractions as their exact text. */
export type Amount = number | string;

/** A date as Fineract sends it: year, month, day. */
export type DateParts = readonly [number, number, number];

export interface EnumOption {
  readonly id: number;
  readonly code: string;
  readonly value: string;
}

export interface Page<T> {
  readonly totalFilteredRecords: number;
  readonly pageItems: readonly T[];
}

export function get<T>(path: string): Promise<T> {
  return send<T>('GET', path);
}

/** @param idempotencyKey makes a second click or a retry harmless */
export function post<T>(path: string, body: object, idempotencyKey?: string): Promise<T> {
  return send<T>('POST', path, body, idempotencyKey);
}

async function send<T>(method: string, path: string, body?: object, idempotencyKey?: string): Promise<T> {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'fineract-platform-tenantid': TENANT,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status === 401) return signInAgain();
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, sentenceOf(text, response.status));
  return (text === '' ? undefined : JSON.parse(text, exactAmounts as Parameters<typeof JSON.parse>[1])) as T;
}

/** The session ended: sign in, then come back to this page. A session that the bank itself refuses is said, not repeated. */
async function signInAgain(): Promise<never> {
  const { authenticated, username } = await readSession();
  if (authenticated) {
    throw new ApiError(
      401,
      `You are signed in as ${username}, but the bank has no user of that name. Ask an administrator.`,
    );
  }
  const returnTo = location.pathname + location.search;
  location.assign(`/auth/login?${new URLSearchParams({ returnTo })}`);
  return new Promise(() => {});
}

function exactAmounts(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value)
    ? (context?.source ?? String(value))
    : value;
}

interface ErrorBody {
  readonly defaultUserMessage?: string;
  readonly errors?: readonly { readonly defaultUserMessage?: string }[];
}

function sentenceOf(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as ErrorBody;
    const inner = body.errors?.map(({ defaultUserMessage }) => defaultUserMessage).filter(Boolean);
    return inner?.join(' ') || body.defaultUserMessage || `The bank answered ${status}.`;
  } catch {
    return `The bank answered ${status}.`;
  }
}
