/** The part of Keycloak's Admin API that user sync needs, typed. */
import type { KeycloakClient } from './client.ts';

/** Keycloak's UserRepresentation; fields that are not named here are sent back as they came. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly enabled: boolean;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

export type NewAccount = Omit<Account, 'id'>;

export interface RealmRole {
  readonly id: string;
  readonly name: string;
}

const PAGE_SIZE = 500;

export interface Accounts {
  find(username: string): Promise<Account | null>;
  list(): AsyncIterable<Account>;
  count(): Promise<number>;
  create(account: NewAccount): Promise<void>;
  update(account: Account): Promise<void>;
  resetPassword(id: string, password: string): Promise<void>;
  /** Ends every session, so that a password that no longer holds opens nothing. */
  logout(id: string): Promise<void>;
  roles(id: string): Promise<readonly RealmRole[]>;
  availableRoles(id: string): Promise<readonly RealmRole[]>;
  changeRoles(id: string, method: 'POST' | 'DELETE', roles: readonly RealmRole[]): Promise<void>;
}

export function createAccounts({ call }: KeycloakClient): Accounts {
  const mappings = (id: string) => `/users/${id}/role-mappings/realm`;
  return {
    async find(username) {
      const query = new URLSearchParams({ username, exact: 'true' });
      const found = (await call('GET', `/users?${query}`)) as Account[];
      return found[0] ?? null;
    },
    async *list() {
      for (let first = 0; ; first += PAGE_SIZE) {
        const page = (await call('GET', `/users?first=${first}&max=${PAGE_SIZE}`)) as Account[];
        yield* page;
        if (page.length < PAGE_SIZE) return;
      }
    },
    count: async () => (await call('GET', '/users/count')) as number,
    async create(account) {
      await call('POST', '/users', account);
    },
    async update(account) {
      await call('PUT', `/users/${account.id}`, account);
    },
    async resetPassword(id, value) {
      await call('PUT', `/users/${id}/reset-password`, { type: 'password', value, temporary: false });
    },
    async logout(id) {
      await call('POST', `/users/${id}/logout`);
    },
    roles: async (id) => (await call('GET', mappings(id))) as RealmRole[],
    availableRoles: async (id) => (await call('GET', `${mappings(id)}/available`)) as RealmRole[],
    async changeRoles(id, method, roles) {
      if (roles.length > 0) await call(method, mappings(id), roles);
    },
  };
}
