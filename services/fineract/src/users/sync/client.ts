/** HTTP to the service `user-sync`. */
import type { BankUser } from './bank-users.ts';

/** The service, or Keycloak behind it, cannot be reached: the same message may go through later. */
export class UserSyncAway extends Error {}

export interface Drift {
  readonly inStep: number;
  readonly users: readonly unknown[];
  readonly refused: readonly { readonly userId: number; readonly reason: string }[];
  readonly formerNames: readonly string[];
  readonly unknown: readonly string[];
}

export type Reply<T> = { readonly refused: string } | { readonly refused: null; readonly body: T };

export interface UserSyncClient {
  /** @throws UserSyncAway */
  putUser(
    user: BankUser & { password?: string; eventId?: string },
  ): Promise<Reply<{ missingRoles: readonly string[] }>>;
  /** Sends everybody. @throws UserSyncAway */
  reconcile(users: readonly BankUser[]): Promise<Drift>;
}

const USER_TIMEOUT_MS = 10_000;
const RECONCILE_TIMEOUT_MS = 300_000;

export function createUserSyncClient({
  url,
  token,
  signal,
}: {
  url: string;
  token: string;
  signal: AbortSignal;
}): UserSyncClient {
  const post = async (path: string, body: unknown, timeoutMs: number): Promise<Reply<unknown>> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((cause: unknown) => {
      throw new UserSyncAway('user-sync does not answer', { cause });
    });
    const answer = (await response.json().catch(() => null)) as { error?: string } | null;
    if (response.ok) return { refused: null, body: answer };
    if (response.status === 400 || response.status === 422) {
      return { refused: answer?.error ?? `status ${response.status}` };
    }
    throw new UserSyncAway(`user-sync answered with status ${response.status}`);
  };
  return {
    async putUser(user) {
      return (await post('/users', user, USER_TIMEOUT_MS)) as Reply<{ missingRoles: readonly string[] }>;
    },
    async reconcile(users) {
      const reply = await post('/reconcile', { users, apply: true }, RECONCILE_TIMEOUT_MS);
      if (reply.refused !== null) throw new UserSyncAway(`user-sync refuses the list: ${reply.refused}`);
      return reply.body as Drift;
    },
  };
}
