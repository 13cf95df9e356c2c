/**
 * Tenants: each bank has its own database. The registry (`fineract_tenants`) says which; pools open on first use. All
 * tenants of one installation share the service's database login: no password is stored in the registry.
 */
import { createDatabase, type Database, type DatabaseAddress, sql } from '@fineract-gitops/db';
import { LRUCache } from 'lru-cache';
import { countConnections } from './pool-metrics.ts';

export interface Tenant {
  readonly identifier: string;
  readonly name: string;
  /** IANA zone whose calendar decides what "today" is. */
  readonly timeZone: string;
  readonly db: Database;
}

export interface Tenants {
  /** The tenant, or `null` when no such bank is registered. */
  find(identifier: string): Promise<Tenant | null>;
  all(): Promise<Tenant[]>;
  /** Whether the registry answers: readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface TenantsOptions {
  readonly registry: DatabaseAddress;
  readonly applicationName: string;
  readonly poolSizeMax: number;
  readonly readOnly: boolean;
  /** The server of the tenants' databases, when it is another than the registry's. */
  readonly replica: { readonly host: string; readonly port: number } | null;
  readonly onError: (error: Error) => void;
}

interface TenantRow {
  identifier: string;
  name: string;
  time_zone: string;
  database_name: string;
}

const REGISTRY_TTL_MS = 30_000;

export function openTenants(options: TenantsOptions): Tenants {
  const { registry, applicationName, poolSizeMax, readOnly, replica, onError } = options;
  const registryDb = createDatabase({ ...registry, applicationName, poolSizeMax: 2, onError });
  const pools = new Map<string, Database>();
  countConnections(pools);
  const rows = new LRUCache<string, { row: TenantRow | null }>({ max: 1000, ttl: REGISTRY_TTL_MS });

  const toTenant = (row: TenantRow): Tenant => {
    let db = pools.get(row.database_name);
    if (!db) {
      db = createDatabase({
        ...registry,
        ...replica,
        database: row.database_name,
        applicationName,
        poolSizeMax,
        readOnly,
        onError,
      });
      pools.set(row.database_name, db);
    }
    return { identifier: row.identifier, name: row.name, timeZone: row.time_zone, db };
  };

  return {
    async find(identifier) {
      const cached = rows.get(identifier);
      if (cached) return cached.row && toTenant(cached.row);
      const row = await registryDb.rowOrNull<TenantRow>(
        sql`select identifier, name, time_zone, database_name from tenants where identifier = ${identifier}`,
      );
      rows.set(identifier, { row });
      return row && toTenant(row);
    },
    async all() {
      const found = await registryDb.rows<TenantRow>(
        sql`select identifier, name, time_zone, database_name from tenants order by identifier`,
      );
      return found.map(toTenant);
    },
    ping: async () => {
      await registryDb.row(sql`select 1 as ok`);
    },
    async close() {
      await Promise.all([...pools.values(), registryDb].map((db) => db.close()));
    },
  };
}
