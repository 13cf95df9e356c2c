/** What an instance stands on, made once in `main.ts` and handed down. */
import type { Cache } from '@fineract-gitops/cache';
import type { LocalDate } from '@fineract-gitops/dates';
import type { ObjectStore } from '@fineract-gitops/objects';
import type { Logger } from '@fineract-gitops/telemetry';
import { LRUCache } from 'lru-cache';
import { readBusinessDates } from './business-date.ts';
import type { Tenant, Tenants } from './tenants.ts';
import type { UserWithPassword } from './user.ts';

export interface Resources {
  readonly tenants: Tenants;
  readonly cache: Cache;
  readonly logger: Logger;
  /** Where reports and documents are kept; opened at the first use. */
  readonly objects: () => Promise<ObjectStore>;
  readonly memory: InstanceMemory;
  /** Tells the outbox relay of this instance that there is something new. */
  readonly wakeRelay: () => void;
  /** Where a new password goes besides its hash; `null` when no identity provider is kept in step. */
  readonly passwordHandOver: PasswordHandOver | null;
}

export interface PasswordHandOver {
  /** Returns after the first attempt; never throws. The password stands in memory only, and not for long. */
  give(tenant: Tenant, userId: number, password: string): Promise<void>;
}

const BUSINESS_DATE_TTL_MS = 1_000;
const USER_TTL_MS = 5_000;

/**
 * What an instance remembers for a moment, so that a request costs no look-up that the last one just made. A write on
 * this instance forgets at once; other instances see it within the times above.
 */
export interface InstanceMemory {
  businessDate(tenant: Tenant): Promise<LocalDate>;
  user(
    tenant: Tenant,
    username: string,
    load: () => Promise<UserWithPassword | null>,
  ): Promise<UserWithPassword | null>;
  forget(tenant: Tenant): void;
}

export function createInstanceMemory(): InstanceMemory {
  const dates = new LRUCache<string, LocalDate>({ max: 1_000, ttl: BUSINESS_DATE_TTL_MS });
  const users = new LRUCache<string, UserWithPassword>({ max: 10_000, ttl: USER_TTL_MS });
  return {
    async businessDate(tenant) {
      const known = dates.get(tenant.identifier);
      if (known) return known;
      const { businessDate } = await readBusinessDates(tenant.db, tenant.timeZone);
      dates.set(tenant.identifier, businessDate);
      return businessDate;
    },
    async user(tenant, username, load) {
      const key = `${tenant.identifier}\n${username}`;
      const known = users.get(key);
      if (known) return known;
      const found = await load();
      if (found) users.set(key, found);
      return found;
    },
    forget(tenant) {
      dates.delete(tenant.identifier);
      for (const key of users.keys()) if (key.startsWith(`${tenant.identifier}\n`)) users.delete(key);
    },
  };
}
