/** Lays the bank's whole list of users beside Keycloak's accounts: what differs, and, when asked, makes it the same. */
import type { ReconcileRequest } from './bodies.ts';
import type { Account, Accounts } from './keycloak/accounts.ts';
import { KeycloakRefusal } from './keycloak/client.ts';
import { close, type Outcome, ownerOf, synchronise } from './synchronise.ts';

/** Users by the bank's id, accounts by name; nothing else of a person. */
export interface Drift {
  readonly applied: boolean;
  readonly inStep: number;
  readonly users: readonly ({ userId: number } & Pick<Outcome, 'outcome' | 'changes' | 'missingRoles'>)[];
  readonly refused: readonly { userId: number; reason: string }[];
  /** Accounts of the bank's users under names that they have no longer; closed when applied. */
  readonly formerNames: readonly string[];
  /** Enabled accounts that the bank does not know. They are left alone: without a user they open nothing. */
  readonly unknown: readonly string[];
}

/** @throws KeycloakAway when it cannot be finished; what is done by then is done, and doing it again is safe */
export async function reconcile(accounts: Accounts, { users, apply }: ReconcileRequest): Promise<Drift> {
  const changed: Drift['users'][number][] = [];
  const refused: Drift['refused'][number][] = [];
  let inStep = 0;
  for (const user of users) {
    try {
      const { outcome, changes, missingRoles } = await synchronise(accounts, user, apply);
      const same = ['unchanged', 'absent'].includes(outcome) && missingRoles.length === 0;
      if (same) inStep++;
      else changed.push({ userId: user.userId, outcome, changes, missingRoles });
    } catch (error) {
      if (!(error instanceof KeycloakRefusal)) throw error;
      refused.push({ userId: user.userId, reason: error.message });
    }
  }
  const { formerNames, unknown } = await readStrangers(accounts, users);
  if (apply) for (const account of formerNames) await close(accounts, account);
  const names = (list: readonly Account[]) => list.map(({ username }) => username);
  return {
    applied: apply,
    inStep,
    users: changed,
    refused,
    formerNames: names(formerNames),
    unknown: names(unknown),
  };
}

async function readStrangers(accounts: Accounts, users: ReconcileRequest['users']) {
  const names = new Set(users.map(({ username }) => username.toLowerCase()));
  const ids = new Set(users.map(({ userId }) => userId));
  const formerNames: Account[] = [];
  const unknown: Account[] = [];
  for await (const account of accounts.list()) {
    if (!account.enabled || names.has(account.username)) continue;
    (ids.has(ownerOf(account) ?? 0) ? formerNames : unknown).push(account);
  }
  return { formerNames, unknown };
}
