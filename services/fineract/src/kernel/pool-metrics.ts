import type { Database } from '@fineract-gitops/db';
import { gauge } from '@fineract-gitops/telemetry';

/** Exports how many connections the pools have: at work, idle, and how many callers wait for one. */
export function countConnections(pools: ReadonlyMap<string, Database>): void {
  const connections = gauge({
    name: 'fineract_db_pool_connections',
    help: 'Connections of the tenant pools by state; "waiting" are callers without one',
    labelNames: ['state'],
  });
  Object.assign(connections, {
    collect() {
      const each = [...pools.values()].map(({ pool }) => pool);
      const sum = (count: (pool: Database['pool']) => number): number =>
        each.reduce((total, pool) => total + count(pool), 0);
      connections.set(
        { state: 'busy' },
        sum(({ totalCount, idleCount }) => totalCount - idleCount),
      );
      connections.set(
        { state: 'idle' },
        sum(({ idleCount }) => idleCount),
      );
      connections.set(
        { state: 'waiting' },
        sum(({ waitingCount }) => waitingCount),
      );
    },
  });
}
